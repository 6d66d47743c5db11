"""FSRS's parameters fitted to the reviews of one learner, and how much better they predict.

The last parameter, the decay, stays as it is: so a memory says by its stability alone how likely it is recalled.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from math import log

from studyapp.domain.record import Memory, Rating
from studyapp.domain.values import dataclass
from studyapp.scheduling import PARAMETERS, Parameters, retrievability, review

FEWEST = 400
"""Reviews below which a fit would follow chance."""
HELD_OUT = 0.2
"""The share of the reviews, the latest, that parameters are judged by and not fitted to."""
_LEAST = 1e-4

Reviews = Mapping[str, Sequence[tuple[date, Rating]]]
"""The rated reviews of each skill, in order."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Fitted parameters, and the log loss of predictions on held-out reviews with the old ones and with them."""

    parameters: Parameters
    reviews: int
    before: float
    after: float


def count_of(reviews: Reviews) -> int:
    """How many reviews there are of skills that had a memory."""
    return sum(len(own) - 1 for own in reviews.values() if own)


def log_loss(reviews: Reviews, parameters: Parameters, since: date) -> float:
    """The mean of -log p over the reviews of skills with a memory since a day, p being the chance of what happened."""
    losses = []
    for own in reviews.values():
        memory: Memory | None = None
        for day, rating in own:
            if memory is not None and day >= since:
                recall = min(1 - _LEAST, max(_LEAST, retrievability(memory, day)))
                losses.append(-log(1 - recall if rating is Rating.AGAIN else recall))
            memory = review(memory, rating, day, parameters=parameters)
    return sum(losses) / len(losses) if losses else 0.0


def fitted(reviews: Reviews, parameters: Parameters) -> Fit:
    """Parameters for a learner's reviews beside the present ones, both judged on the latest reviews.

    Errors: ImportError without the extra `optimize`.
    """
    days = sorted(day for own in reviews.values() for day, _ in own[1:])
    since = days[int(len(days) * (1 - HELD_OUT))]
    earlier = {skill: [pair for pair in own if pair[0] < since] for skill, own in reviews.items()}
    before, after = (log_loss(reviews, tried, since) for tried in (parameters, _optimised(earlier)))
    return Fit(_optimised(reviews), len(days), before, after)


def _optimised(reviews: Reviews) -> Parameters:
    from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

    items = []
    for own in reviews.values():
        history = []
        for (day, rating), (before, _) in zip(own, [*own[:1], *own[:-1]], strict=True):
            history.append(FSRSReview(int(rating), (day - before).days))
            if len(history) > 1:
                items.append(FSRSItem(list(history)))
    return (*(round(value, 4) for value in FSRS(list(PARAMETERS)).compute_parameters(items)[:-1]), PARAMETERS[-1])
