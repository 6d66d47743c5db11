"""Rules about the two languages of a page: the facts are written once, so the sentences must fit them in both."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from studyapp.domain.exercise import Hole, Item, Template
from studyapp.domain.expression import Call, Name, Node, Word, walk
from studyapp.domain.place import Place, Severity
from studyapp.pages.page import Page, WrittenExercise
from studyapp.workshop.rules.registry import Finding, Sheet, rule


@rule(
    ja="「{found}」の翻訳のページがまだありません。\n翻訳されるまで、元の言語で表示されます。",
    en="“{found}” has no translation yet.\nUntil there is one, it is shown in its own language.",
)
def untranslated(sheet: Sheet) -> Iterator[Finding]:
    """A note: a page or an exercise has no translation yet, and the course is to have one (`languages`).

    Bad:  `ja/losses/mse.md` alone
    Good: `ja/losses/mse.md` and `en/losses/mse.md`
    """
    if not sheet.has_facts or len(sheet.languages) == 1:
        return
    if sheet.twin is None:
        yield Finding(Place(sheet.source.name), sheet.page.topic, severity=Severity.NOTE)
        return
    translated = _by_id(sheet.twin)
    for exercise in sheet.page.exercises:
        if exercise.id not in translated:
            yield Finding(exercise.place, exercise.id, severity=Severity.NOTE)


@rule(
    ja="id「{found}」は日本語のページにありません。\n日本語のページの id: {instead}",
    en="The id “{found}” is not on the Japanese page.\nThe ids there: {instead}",
)
def unpaired_exercise(sheet: Sheet) -> Iterator[Finding]:
    """Every exercise of a translation exists in the page that holds the facts.

    Bad:  `id: mse-vaule` in `en/`, `id: mse-value` in `ja/`
    Good: the same id in both
    """
    if sheet.has_facts or sheet.twin is None:
        return
    written = _by_id(sheet.twin)
    for exercise in sheet.page.exercises:
        if exercise.id not in written:
            yield Finding(exercise.place, exercise.id, ", ".join(written))


@rule(
    ja="穴が日本語のページと違う: {found}\n同じ穴を両方に書いてください。",
    en="The holes differ from the Japanese page: {found}\nWrite the same holes in both.",
)
def unlike_holes(sheet: Sheet) -> Iterator[Finding]:
    """The prompt, and each option, have the same holes in both languages.

    Bad:  ja: 予測 $y = {{ y }}$ 、正解 $t = {{ t }}$   en: the prediction $y = {{ y }}$
    Good: both holes in both
    """
    for exercise, twin in _pairs(sheet):
        ours, theirs = exercise.sentences, twin.sentences
        pairs = [(ours.prompt, theirs.prompt, ours.place)]
        if len(ours.options) == len(theirs.options):
            asks = list(zip(ours.options, theirs.options, strict=True))
            own = [pair for a, b in asks for pair in zip(a.options, b.options, strict=False)]
            pairs += [(a.text, b.text, a.place) for a, b in (*asks, *own)]
        for mine, other, place in pairs:
            differing = _holes(mine) ^ _holes(other)
            if differing:
                yield Finding(place, ", ".join(sorted(differing)))


@rule(
    ja="項目「{found}」の名前が日本語のページと合いません。\n「{instead}」のことですか。",
    en="The item “{found}” has no counterpart on the other page.\nDid you mean `{instead}`?",
)
def unlike_items(sheet: Sheet) -> Iterator[Finding]:
    """The items of mistakes and scenes, and those of cases, have the same names in both languages.

    Bad:  ja: - `sign` — 符号が逆。   en: - `signs` — The sign is reversed.
    Good: `sign` in both
    """
    for exercise, twin in _pairs(sheet):
        for part in ("mistakes", "hints", "solution", "scenes"):
            ours, theirs = (_named(getattr(one.sentences, part)) for one in (exercise, twin))
            mine, other = [name for name in ours if name not in theirs], sorted(theirs.keys() - ours.keys())
            for name in mine:
                yield Finding(ours[name], name, ", ".join(other))
            for name in other if not mine else ():
                yield Finding(exercise.place, name)


def _named(items: Iterable[Item]) -> Mapping[str, Place]:
    return {item.name: item.place for item in items if item.name}


def _pairs(sheet: Sheet) -> Iterator[tuple[WrittenExercise, WrittenExercise]]:
    if sheet.has_facts or sheet.twin is None:
        return
    written = _by_id(sheet.twin)
    for exercise in sheet.page.exercises:
        if twin := written.get(exercise.id):
            yield exercise, twin


def _by_id(page: Page) -> Mapping[str, WrittenExercise]:
    return {exercise.id: exercise for exercise in page.exercises}


def _holes(template: Template) -> set[str]:
    """The holes with how often each occurs, so that a repeated one counts."""
    counted = Counter(part.text.replace(" ", "") for part in template if isinstance(part, Hole))
    return {text if count == 1 else f"{text} × {count}" for text, count in counted.items()}


@rule(
    ja="words の「{found}」が、引く語と合いません。\nどちらの言語でも、引く語をすべて書いてください: {instead}",
    en="The words of “{found}” are not those that are drawn.\n"
    "Write in both languages how each drawn word is said: {instead}",
)
def unlike_words(sheet: Sheet) -> Iterator[Finding]:
    """What `words` says in one language it says in the other, and of every word that is drawn.

    Bad:  draw: case is pick(positive, negative); words: case: {positive: 陽性}
    Good: words: case: {positive: 陽性, negative: 陰性}, and in `en/` the English words
    """
    twins = _by_id(sheet.twin) if sheet.twin else {}
    for exercise, key, _ in sheet.written():
        said, twin = exercise.sentences.words, twins.get(exercise.id)
        place = exercise.fields.get("words", exercise.place)
        drawn = {binding.name: _words_in(binding.expression) for binding in key.draw}
        for name, texts in said.items():
            if set(texts) != drawn.get(name, set()):
                yield Finding(place, name, ", ".join(sorted(drawn.get(name, ()))))
        for name in twin.sentences.words if twin else ():
            if name not in said:
                yield Finding(place, name, ", ".join(sorted(drawn.get(name, ()))))


def _words_in(call: Node) -> set[str]:
    """The words that a draw may give."""
    if not isinstance(call, Call) or call.function not in ("pick", "sample"):
        return set()
    return {part.name if isinstance(part, Name) else part.text for part in walk(call) if isinstance(part, Name | Word)}
