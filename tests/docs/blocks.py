"""The generated blocks of the documentation: the text between `<!-- generated: NAME -->` and `<!-- end -->`."""

import atexit
import inspect
import math
import pkgutil
import re
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import yaml
from click.testing import CliRunner

import studyapp
from studyapp.cli import program
from studyapp.domain import limits
from studyapp.domain.code import ATTRIBUTES, BEHIND_NP, CALLS, CONSTANTS, ENTRIES, PLAIN
from studyapp.domain.draws import DRAWS
from studyapp.domain.facts import FLAGS, WORDS
from studyapp.domain.functions import ROWS, TYPED
from studyapp.domain.kind import Kind
from studyapp.domain.network import HIDDEN, PAIRS
from studyapp.domain.text import speaking
from studyapp.engine.algebras.algebra import FLOATS
from studyapp.engine.catalogue.entry import Domain, Entry
from studyapp.engine.catalogue.families import CATALOGUE, FAMILIES
from studyapp.engine.interpretation import evaluate
from studyapp.engine.questions.randomness import Stream, draw_value
from studyapp.language import read_strict
from studyapp.pages.course import AREA, EXAM
from studyapp.pages.course import FIELDS as COURSE
from studyapp.pages.figures import FIGURE
from studyapp.pages.keys import ALL, FIELDS, REQUIRED
from studyapp.pages.page import FRONT_MATTER
from studyapp.pages.readers import CONVENTIONS
from studyapp.screens.actions import MOVEMENT, TABLE
from studyapp.workshop.rules import RULES, manual
from studyapp.workshop.rules.names import shape_of

ROOT = Path(__file__).parents[2]
EXAMPLE = Path(__file__).parent / "example"
SENTENCES = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))
VALUES = {"x": "3", "y": "(0.1, 0.6, 0.3)", "A": "((1, 2), (3, 4))"}
"""The values with which the examples of operators and functions are computed."""
SCREENS = ("home", "topic", "question", "flags", "exam", "exam_result", "exam_review", "mistakes", "progress")
SCREENS += ("settings", "preview")
"""The screens whose keys are listed; what moves through pages and lists is the same everywhere."""

Rows = Iterable[Sequence[str]]


def table(language: str, heads: Sequence[str], rows: Rows) -> str:
    head = [SENTENCES["heads"][name][language] for name in heads]
    cells = [head, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(0x2223)) for cell in row)} |" for row in cells)


def field_table(fields: Iterable[str], language: str, sentences: str = "fields") -> str:
    rows = [(f"`{name}`", *SENTENCES[sentences][name][language]) for name in fields]
    return table(language, ("field", "value", "meaning"), rows)


def key_list(language: str) -> str:
    """The fields of a key, with the kinds that have them where not all do."""
    items = []
    for field in FIELDS:
        value, meaning = SENTENCES["fields"][field.name][language]
        kinds = "" if field.kinds == ALL else "; " + " ".join(kind for kind in Kind if kind in field.kinds)
        items.append(f"- `{field.name}` ({value}{kinds}): {meaning}")
    return "\n".join(items)


ARRAYS = {
    **dict.fromkeys(("real", "positive", "probabilities", "one_hot", "labels"), "(N, C)"),
    "binary": "(N)",
    "integer": "(2, 5)",
}
"""The axes, or the ends, with which arrays are shown."""


def array_table(language: str) -> str:
    rows = [(f"`{entries}{ARRAYS.get(entries, '')}`", SENTENCES["arrays"][entries][language]) for entries in ENTRIES]
    return table(language, ("call", "meaning"), rows)


def code_names(_language: str) -> str:
    """Everything that code may call."""
    constants = " ".join(f"`np.{name}`" for name in CONSTANTS)
    functions = " ".join(f"`np.{name}`" for name in BEHIND_NP if name not in CONSTANTS)
    methods = " ".join(f"`.{name}()`" for name, call in CALLS.items() if call.method)
    others = " ".join([*(f"`.{name}`" for name in ATTRIBUTES), *(f"`{name}()`" for name in PLAIN)])
    return "\n".join(f"- {line}" for line in (functions, constants, methods, others))


def kind_table(language: str) -> str:
    rows = []
    for kind in Kind:
        needs = ", ".join(" · ".join(f"`{name}`" for name in group) for group in REQUIRED[kind]) or "–"
        rows.append((f"`{kind}`", SENTENCES["kinds"][kind][language], needs))
    return table(language, ("kind", "answer", "needs"), rows)


def operator_table(language: str) -> str:
    rows = [(f"`{form}`", row[language], _example(row["example"])) for form, row in SENTENCES["operators"].items()]
    return table(language, ("call", "meaning", "example"), rows)


def function_table(language: str) -> str:
    """The functions that are not in the catalogue."""
    rows = [
        (
            f"`{shape_of(row.name, drawn=False).text.replace('none', '…')}`",
            getattr(row, language),
            _example(row.example),
        )
        for row in ROWS
        if row.example
    ]
    return table(language, ("call", "meaning", "example"), rows)


def _example(expression: str) -> str:
    values = {name: evaluate(read_strict(text), {}, FLOATS) for name, text in VALUES.items()}
    return f"`{expression}` = {_shown(evaluate(read_strict(expression), values, FLOATS))}"


def _shown(value: Any) -> str:
    if isinstance(value, tuple | np.ndarray):
        return f"({', '.join(_shown(item) for item in value)})"
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    return str(value) if isinstance(value, str) else f"{float(value):.4g}".replace("-", "−")


def catalogue_names(_: str) -> str:
    return " ".join(f"`{name}`" for name in CATALOGUE)


def learner_functions(_: str) -> str:
    """The functions that an answer may call, with their other names."""
    aliases = {row.name: ", ".join(f"`{alias}`" for alias in row.aliases) for row in TYPED}
    return ", ".join(f"`{name}`" + (f" ({others})" if others else "") for name, others in aliases.items())


def number_functions(_: str) -> str:
    return ", ".join(f"`{row.name}`" for row in ROWS if row.in_numbers)


def draw_table(language: str) -> str:
    rows = []
    for row in DRAWS:
        value = draw_value(read_strict(row.example), Stream("manual", 0, row.name), {})
        call = shape_of(row.name, drawn=True).text
        rows.append((f"`{call}`", getattr(row, language), f"`{row.example}` → {_shown(value)}"))
    return table(language, ("call", "meaning", "example"), rows)


def domain_table(language: str) -> str:
    rows = [(f"`{name}`", row[language]) for name, row in SENTENCES["domains"].items()]
    return table(language, ("domain", "meaning"), rows)


def scene_facts(language: str) -> str:
    words = [(f"`{name}`", " ".join(f"`{word}`" for word in kind)) for name, kind in WORDS.items()]
    flags = [(f"`{name}`", f"true, false: {SENTENCES['facts'][name][language]}") for name in FLAGS]
    return table(language, ("fact", "value"), [*words, *flags])


def network_words(language: str) -> str:
    hidden = " ".join(f"`{name}`" for name in HIDDEN)
    output = " ".join(f"`{activation}, {loss}`" for activation, loss in PAIRS)
    return table(language, ("field", "value"), [("`hidden`", hidden), ("`output`", output)])


def convention_table(language: str) -> str:
    values = {name: " ".join(f"`{word}`" for word in words) or "0, 1e-7 …" for name, words in CONVENTIONS.items()}
    rows = [(f"`{name}`", text) for name, text in values.items()]
    return table(language, ("field", "value"), rows)


def rule_list(language: str) -> str:
    """Each rule of lint with a bad and a good example."""
    items = []
    for code in RULES:
        text, _, examples = manual(code).partition("\n\nBad:")
        sentences = SENTENCES["rules"][code] if language == "ja" else " ".join(text.split())
        lines = _labelled(f"Bad:{examples}", language).replace("\n", "\n  ")
        items.append(f"- `{code}`: {sentences}\n\n  ```text\n  {lines}\n  ```")
    return "\n".join(items)


def _labelled(examples: str, language: str) -> str:
    if language == "en":
        return examples
    return examples.replace("\n      ", "\n        ").replace("Bad:  ", "悪い例: ").replace("Good: ", "よい例: ")


def verified_list(language: str) -> str:
    return "\n".join(f"- `{code}`: {row[language]}" for code, row in SENTENCES["verified"].items())


def bound_list(language: str) -> str:
    numbers = {name: f"{value:,}" for name, value in vars(limits).items() if isinstance(value, int)}
    numbers["PARAGRAPH_MARKS"] = f"{math.isqrt(limits.PAGE_MARK_PAIRS):,}"
    return "\n".join(f"- {row[language].format(**numbers)}" for row in SENTENCES["bounds"])


def catalogue_list(language: str) -> str:
    """The catalogue, family by family."""
    parts = []
    for family, entries in FAMILIES.items():
        head = SENTENCES["families"][family][language]
        parts.append("\n".join([f"### {head}", "", *(_entry(entry, language) for entry in entries)]))
    return "\n\n".join(parts)


def _entry(entry: Entry, language: str) -> str:
    """One function: call, name, formula; then how it is reduced, what it takes, and what it can be derived by."""
    name = entry.ja[0] if language == "ja" else entry.en[0]
    facts = [SENTENCES["shapes"][entry.shape][language] + (f", {entry.reduction}" if entry.reduction else "")]
    for domain in Domain:
        names = ", ".join(argument.name for argument in entry.arguments if argument.domain == domain)
        if names and domain != Domain.REAL:
            facts.append(f"{names}: {SENTENCES['argument domains'][domain][language]}")
    facts += [f"{name}={'|'.join(option.words)}" for name, option in entry.options.items() if len(option.words) > 1]
    if entry.gradients:
        facts.append(SENTENCES["heads"]["gradient"][language] + " " + ", ".join(entry.gradients))
    page = f" [{entry.topic}]({language}/{entry.topic}.md)" if entry.topic else ""
    return f"- `{entry.signature}` {name} — {formula(entry, language)} ({'; '.join(facts)}){page}"


def formula(entry: Entry, language: str) -> str:
    """What the docstring says of the formula; its words are translated phrase by phrase."""
    text = entry.formula_text.removesuffix(".")
    for pattern, japanese in SENTENCES["formulas"] if language == "ja" else ():
        text = re.sub(pattern, japanese, text)
    return text


def key_bindings(language: str) -> str:
    """A row for each action of the screens that does not only move."""
    rows = []
    for screen in SCREENS:
        for action in TABLE[screen]:
            if action.name not in MOVEMENT:
                keys = " ".join(f"`{key}`" for key in action.shown)
                with speaking(language):
                    rows.append((f"`{screen}.{action.name}`", keys, action.sentence))
    return table(language, ("action", "keys", "does"), rows)


def rooms(_: str) -> str:
    """The rooms from the top floor down, in the words of their own docstrings."""
    rows = []
    for _, name, is_package in pkgutil.iter_modules(studyapp.__path__):
        if is_package:
            first = inspect.cleandoc(import_module(f"studyapp.{name}").__doc__ or "").partition("\n\n")[0]
            floor, _, purpose = " ".join(first.split()).removeprefix("Floor ").partition(": ")
            rows.append((floor, f"`{name}`", purpose[0].upper() + purpose[1:]))
    rows.sort(key=lambda row: (-int(row[0]), row[1]))
    return "\n".join(f"| {' | '.join(row)} |" for row in [("floor", "room", "what is in it"), ("---",) * 3, *rows])


def command_help(_: str) -> str:
    with speaking("en"):
        result = CliRunner().invoke(program, ["--help"], prog_name="studyapp", terminal_width=100)
    return f"```text\n{result.output.strip()}\n```"


def example_page(page: str) -> Callable[[str], str]:
    return lambda _: f"````markdown\n{(EXAMPLE / page).read_text(encoding='utf-8').strip()}\n````"


FOLDER = TemporaryDirectory()
"""The index of the course is made in it once."""
atexit.register(FOLDER.cleanup)


def example_question(language: str) -> str:
    """A question of the example page, as the command prints it."""
    given = ["--content", str(EXAMPLE), "--data", FOLDER.name, "question", "one-step", "--seed", "1", "--with-key"]
    with speaking(language):
        result = CliRunner().invoke(program, given)
    return f"```text\n{result.output.strip()}\n```"


BLOCKS: dict[str, Callable[[str], str]] = {
    "help": command_help,
    "rooms": rooms,
    "keys": key_bindings,
    "example ja": example_page("ja/my-area/one-step.md"),
    "example en": example_page("en/my-area/one-step.md"),
    "kinds": kind_table,
    "key fields": key_list,
    "arrays": array_table,
    "numpy": code_names,
    "front matter fields": lambda language: field_table(FRONT_MATTER, language),
    "figure fields": lambda language: field_table(FIGURE, language, "figure fields"),
    "course fields": lambda language: field_table(COURSE, language, "course fields"),
    "area fields": lambda language: field_table(AREA, language, "area fields"),
    "exam fields": lambda language: field_table(EXAM, language, "exam fields"),
    "operators": operator_table,
    "functions": function_table,
    "catalogue names": catalogue_names,
    "learner functions": learner_functions,
    "number functions": number_functions,
    "draws": draw_table,
    "domains": domain_table,
    "conventions": convention_table,
    "rules": rule_list,
    "verified": verified_list,
    "bounds": bound_list,
    "scene facts": scene_facts,
    "networks": network_words,
    "example question": example_question,
    "catalogue": catalogue_list,
}
DOCUMENTS = {
    "README.md": "en",
    "content/README.md": "ja",
    "content/README.en.md": "en",
    ".github/CONTRIBUTING.md": "en",
}
"""The documents with generated blocks, and their languages."""
BLOCK = re.compile(r"(<!-- generated: (.+?) -->\n).*?(\n?<!-- end -->)", re.DOTALL)


def refreshed(document: str) -> str:
    """The text of a document with every block generated anew."""
    text, language = (ROOT / document).read_text(encoding="utf-8"), DOCUMENTS[document]
    return BLOCK.sub(lambda block: f"{block[1]}{BLOCKS[block[2]](language)}\n<!-- end -->", text)
