"""Messages of verdicts are tested in English, where no test says otherwise."""

import pytest

from studyapp.domain.text import set_language


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")
