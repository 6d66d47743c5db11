"""The terms of a course by the page that introduces them, as `glossary.yaml` of a content folder lists them.

`also` are other names of a term; `search` is what else leads to it, or, by itself, to the page.
"""

from pathlib import Path
from typing import Any

import yaml

from studyapp.domain.course import Glossary
from studyapp.pages.facts import LOADER
from studyapp.pages.files import read_source
from studyapp.pages.source import Source

GLOSSARY = "glossary.yaml"


def read_glossary(folder: Path) -> Glossary:
    """The glossary of a content folder; an empty one where there is none or it cannot be read."""
    source = read_source(folder / GLOSSARY, GLOSSARY)
    try:
        pages = yaml.load(source.text, Loader=LOADER) if isinstance(source, Source) else None  # noqa: S506 -- texts only
    except (yaml.YAMLError, RecursionError):
        return Glossary()
    written = pages if isinstance(pages, dict) else {}
    entries = {str(page): [term for term in terms if isinstance(term, dict)] for page, terms in written.items()
               if isinstance(terms, list)}  # fmt: skip
    terms = tuple(_names(term) for terms in entries.values() for term in terms if "ja" in term or "en" in term)
    words = {page: tuple(name for term in terms for name in _names(term)) for page, terms in entries.items()}
    return Glossary(terms, words)


def _names(term: dict[Any, Any]) -> tuple[str, ...]:
    more = [name for field in ("also", "search") if isinstance(term.get(field), list) for name in term[field]]
    return tuple(name for name in (term.get("ja"), term.get("en"), *more) if isinstance(name, str))
