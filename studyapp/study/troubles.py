"""What the learner reads about a history that is not opened, was mended, or takes no answer."""

from __future__ import annotations

from studyapp.domain.words.history import HistoryWords
from studyapp.history.errors import Notice, NotSavedError, Trouble


def describe(state: Trouble | Notice | NotSavedError, words: HistoryWords) -> str:
    """The sentence for a state of the history, with what to do."""
    match state:
        case Trouble():
            sentence = (words.of_copy if state.copy else {}).get(state.code, words.troubles[state.code])
            return sentence.format(path=state.path, detail=state.detail, line=state.line)
        case Notice():
            return words.notices[state.code].format(path=state.path, count=state.count, detail=state.detail)
        case NotSavedError():
            return words.not_saved[state.code].format(detail=state.detail)
