"""Parameters fitted to one learner's reviews, judged on reviews that the fit did not see."""

import random
from datetime import date, timedelta

from studyapp.domain.record import Memory, Rating
from studyapp.scheduling import PARAMETERS, after_longer, retrievability, review
from studyapp.scheduling.fitting import FEWEST, count_of, fitted, log_loss

BEGUN = date(2026, 1, 5)


def reviews_of(weakness: float, seed: int, skills: int = 150):
    """Reviews on the day on which each falls due, by somebody who forgets as if so many times the days had passed."""
    chance, reviews = random.Random(seed), {}
    for number in range(skills):
        day, memory = BEGUN + timedelta(days=number % 60), None
        own = reviews.setdefault(f"skill-{number}", [])
        for _ in range(6):
            recall = 0.7 if memory is None else after_longer(retrievability(memory, day), weakness)
            own.append((day, Rating.GOOD if chance.random() < recall else Rating.AGAIN))
            memory: Memory | None = review(memory, own[-1][1], day)
            day = memory.due_day
    return reviews


def test_who_forgets_faster_is_predicted_better_with_fitted_parameters():
    reviews = reviews_of(4.0, seed=1)
    fit = fitted(reviews, PARAMETERS)
    assert fit.reviews == count_of(reviews) >= FEWEST
    assert fit.after < fit.before - 0.02
    assert len(fit.parameters) == len(PARAMETERS)
    assert fit.parameters[-1] == PARAMETERS[-1]
    memories = [review(None, Rating.GOOD, BEGUN, parameters=tried) for tried in (PARAMETERS, fit.parameters)]
    assert memories[1].stability < memories[0].stability


def test_the_log_loss_is_that_of_the_chances_given():
    always = {"a": [(BEGUN, Rating.GOOD), (BEGUN + timedelta(days=3), Rating.GOOD)]}
    never = {"a": [(BEGUN, Rating.GOOD), (BEGUN + timedelta(days=3), Rating.AGAIN)]}
    assert 0 < log_loss(always, PARAMETERS, BEGUN) < 0.2 < log_loss(never, PARAMETERS, BEGUN)
    assert log_loss(always, PARAMETERS, BEGUN + timedelta(days=9)) == 0
