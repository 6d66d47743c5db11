"""An exercise verified over some seeds."""

from studyapp.domain.exercise import Exercise
from studyapp.domain.place import PageSource
from studyapp.kernel.service import Service
from studyapp.workshop.examination import examine
from studyapp.workshop.verification import Certificate, certificate


def verify(source: PageSource, exercise: Exercise, seeds: range, service: Service) -> Certificate:
    """Draw a question for each seed and hold it to everything; then look at them all together."""
    return certificate(exercise, examine(source, exercise, seeds, service))
