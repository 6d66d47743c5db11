"""The terms of a course that mean the same, as `glossary.yaml` of a content folder lists them by page.

`also` are other names of a term, `search` what else leads to it.
"""

from pathlib import Path
from typing import Any

import yaml

GLOSSARY = "glossary.yaml"
Terms = tuple[tuple[str, ...], ...]


def read_glossary(folder: Path) -> Terms:
    """The names of each term, in all languages; none where there is no glossary or it cannot be read."""
    try:
        pages = yaml.safe_load((folder / GLOSSARY).read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        return ()
    terms = [term for page in _values(pages) for term in (page if isinstance(page, list) else ())]
    return tuple(tuple(_names(term)) for term in terms if isinstance(term, dict))


def _values(pages: Any) -> list[Any]:
    return list(pages.values()) if isinstance(pages, dict) else []


def _names(term: dict[Any, Any]) -> list[str]:
    more = [name for field in ("also", "search") if isinstance(term.get(field), list) for name in term[field]]
    return [name for name in (term.get("ja"), term.get("en"), *more) if isinstance(name, str)]
