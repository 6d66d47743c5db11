"""`studyapp config --fit`: FSRS's parameters by one's own reviews, shown before they are used."""

import itertools
import json
import random
from datetime import UTC, datetime, timedelta

from studyapp.domain.verdict import Attempt, Outcome, Part
from studyapp.history.history import open_history
from studyapp.scheduling import PARAMETERS, after_longer, retrievability
from studyapp.scheduling.fitting import FEWEST
from studyapp.study.learner import memory_rules
from studyapp.study.library import _library
from studyapp.study.settings import Settings
from tests.tools.commands import studyapp

BEGUN = datetime(2026, 1, 5, 9, tzinfo=UTC)


def write_reviews(folder, skills: int, weakness: float = 4.0) -> None:
    """A history of somebody who forgets faster than the model says: five reviews a skill, each on its due day."""
    chance, numbers = random.Random(1), itertools.count()
    rules = memory_rules(_library([], []), Settings())
    with open_history(folder, rules, now=BEGUN, day=BEGUN.date(), new_id=lambda: str(next(numbers))) as history:
        for skill in map("skill-{}".format, range(skills)):
            now = BEGUN
            for _ in range(6):
                memory = history.memories().get(skill)
                recall = 0.7 if memory is None else after_longer(retrievability(memory, now.date()), weakness)
                verdict = Outcome.CORRECT if chance.random() < recall else Outcome.WRONG
                part = Part("answer", skill, "1", verdict, None)
                attempt = Attempt(
                    exercise=skill, topic="a", seed=1, version="v", prompt="?", parts=(part,), active_ms=1
                )
                history.record(attempt, at=now, day=now.date())
                now += timedelta(days=(history.memories()[skill].due_day - now.date()).days)


def test_parameters_are_fitted_shown_and_used_only_on_a_yes(data):
    at = ("--data", str(data))
    write_reviews(data, 90)
    refused = studyapp("--lang", "en", *at, "config", "--fit", given="n\n")
    assert refused.exit_code == 0
    assert "Log loss on the last fifth of 450 reviews" in refused.stdout
    assert not (data / "settings.json").exists()
    studyapp("--lang", "en", *at, "config", "--fit", given="y\n")
    kept = json.loads((data / "settings.json").read_text())["parameters"]
    assert len(kept) == len(PARAMETERS)
    assert studyapp(*at, "config", "parameters").stdout.startswith("(")
    studyapp(*at, "config", "parameters", "none")
    assert json.loads((data / "settings.json").read_text())["parameters"] is None


def test_too_few_reviews_are_refused_with_their_number(data):
    write_reviews(data, 2)
    refused = studyapp("--lang", "en", "--data", str(data), "config", "--fit")
    assert refused.exit_code == 1
    assert refused.stderr.endswith(f"There are 10 reviews; a fit needs {FEWEST}.\n")
