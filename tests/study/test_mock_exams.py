"""A mock exam: what is kept of it, when it ends, what it comes to; nothing that was shown as saved is lost."""

import itertools
import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.course import FORMS, ExamForm
from studyapp.domain.kind import Kind
from studyapp.domain.question import ChoiceKey, ExamPart, ExamQuestion, KnownMistake, NumberKey, Question, ShownOption
from studyapp.domain.verdict import Mode
from studyapp.history.errors import NotSavedCode, NotSavedError
from studyapp.history.history import History
from studyapp.kernel.offering import offered
from studyapp.study import mock
from studyapp.study.blueprint import coverage, draw_items, eligible, shares, stem_of, syllabus_of, uncovered
from studyapp.study.entries import ExerciseEntry, TopicEntry
from studyapp.study.exam import Exam, ExamItem, Mark, State, results

from .conftest import MORNING, TODAY, attempt_at, exercise_entry, library_of, question, record, topic_entry

COURSE = library_of(
    topic_entry("losses/a", exercise_entry("a1", "losses/a"), exercise_entry("a2", "losses/a")),
    topic_entry("networks/c", exercise_entry("c1", "networks/c"), item=(15,)),
)


def item(exercise: str = "a1", topic: str = "losses/a", **changes: object) -> ExamItem:
    plain = ExamItem(
        exercise=exercise,
        topic=topic,
        skill=exercise,
        seed=3,
        version="v",
        prompt=f"{exercise}?",
        options=(("a", "one"), ("b", "two"), ("c", "three")),
        right=("b",),
        mistakes=(("a", "sign"),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type] - the tests name the fields


ITEMS = (item("a1"), item("a2"), item("c1", "networks/c"))


def later(seconds: float) -> datetime:
    return MORNING + timedelta(seconds=seconds)


def begun(history: History, minutes: int = 25) -> Exam:
    return mock.begin(history, ITEMS, (13, 15), minutes, MORNING)


def answer(history: History, exam: Exam, number: int, labels: list[str], spent_ms: int, now: datetime) -> Exam:
    taking = mock.Taking(history, exam, now - timedelta(milliseconds=spent_ms))
    taking.number = number
    taking.answer(labels, now)
    return taking.exam


def test_the_lengths_are_those_of_the_examination():
    assert [(form.items, form.minutes) for form in FORMS] == [(36, 25), (145, 100)]
    assert {form.minutes * 60 // form.items for form in FORMS} == {41}  # seconds for an item


def test_an_exam_resumes_with_its_items_answers_flags_and_time(history):
    exam = begun(history)
    exam = answer(history, exam, 0, ["b"], 4000, later(10))
    taking = mock.Taking(history, exam, later(10))
    taking.flag(later(20))  # the first blank one
    exam = taking.exam
    exam = answer(history, exam, 0, ["a"], 500, later(30))
    found = mock.latest(history)
    assert (found.items, found.marks, found.deadline) == (exam.items, exam.marks, exam.deadline)
    assert found.remaining(later(100)) == timedelta(minutes=25) - timedelta(seconds=100)
    assert [found.state(number) for number in range(3)] == [State.ANSWERED, State.FLAGGED, State.BLANK]
    assert found.marks[0].spent_ms == 4500
    assert found.blank == (1, 2)


def test_an_exam_is_submitted_as_of_its_deadline_even_if_the_app_was_closed(history):
    exam = answer(history, begun(history), 0, ["b"], 100, later(10))
    answer(history, exam, 1, ["b"], 100, later(26 * 60))  # too late: it changes nothing
    found = mock.latest(history)
    submitted = mock.submit(history, found, MORNING + timedelta(days=2))
    assert submitted.submitted == later(25 * 60)
    assert [mark.answer for mark in submitted.marks] == [("b",), (), ()]
    assert history.on_day(TODAY).attempts == 1
    assert history.on_day(TODAY + timedelta(days=2)).attempts == 0


def test_the_results_are_by_area_with_the_time_of_an_item(history):
    exam = answer(history, begun(history), 0, ["b"], 3000, later(10))
    exam = answer(history, exam, 1, ["a"], 5000, later(20))
    found = {one.area: one for one in results(mock.submit(history, exam, later(30)))}
    assert (found["losses"].right, found["losses"].items, found["losses"].blank) == (1, 2, 0)
    assert found["losses"].seconds_an_item == 4.0
    assert (found["networks"].right, found["networks"].blank) == (0, 1)


def test_exam_answers_move_only_the_memories_of_skills_that_were_learned(history):
    record(history, attempt_at("a1"), MORNING - timedelta(days=3))
    exam = answer(history, begun(history), 0, ["a"], 100, later(10))
    exam = answer(history, exam, 1, ["b"], 100, later(20))
    mock.submit(history, exam, later(30))
    memories = history.memories()
    assert list(memories) == ["a1"]
    assert (memories["a1"].reviews, memories["a1"].lapses) == (2, 1)
    assert [(mistake.mistake, mistake.skill) for mistake in history.mistakes()] == [("sign", "a1")]
    assert history.on_day(TODAY).attempts == 2


def test_a_submission_that_was_cut_short_goes_on_where_it_stopped(history, monkeypatch):
    exam = begun(history)
    for number in range(3):
        exam = answer(history, exam, number, ["b"], 100, later(number))
    record, calls = history.record, itertools.count()

    def failing(*arguments: object, **options: object) -> object:
        if next(calls) == 1:
            raise NotSavedError(NotSavedCode.NO_SPACE)
        return record(*arguments, **options)

    monkeypatch.setattr(history, "record", failing)
    with pytest.raises(NotSavedError):
        mock.submit(history, exam, later(30))
    monkeypatch.undo()
    found = mock.latest(history)
    assert (found.submitted, found.settled) == (later(30), False)

    again = mock.submit(history, found, later(900))

    assert (again.submitted, again.settled) == (later(30), True)
    assert history.on_day(TODAY).attempts == 3
    assert mock.submit(history, again, later(901)) == again
    assert history.on_day(TODAY).attempts == 3


def test_without_the_index_the_same_exam_and_results_return(open_learner, tmp_path):
    with open_learner(COURSE) as history:
        exam = answer(history, begun(history), 0, ["b"], 3000, later(10))
        submitted = mock.submit(history, exam, later(30))
        memories = history.memories()
    (tmp_path / "data" / "index.sqlite").unlink()
    with open_learner(COURSE) as again:
        assert mock.latest(again) == submitted
        assert again.memories() == memories


@pytest.mark.parametrize(
    "body", [{}, {"item": 9, "answer": ["a"], "spent_ms": 1}, {"item": "x"}, {"item": 0, "answer": 5, "spent_ms": 1}]
)
def test_an_event_of_another_shape_changes_nothing(history, body):
    exam = begun(history)
    history.append("exam_answer", {"exam": exam.id, **body}, at=later(1), day=TODAY)
    found = mock.latest(history)
    assert found.marks == exam.marks


def test_a_clock_that_is_set_back_gives_no_more_time_than_there_was(history):
    assert begun(history).remaining(MORNING - timedelta(days=1)) == timedelta(minutes=25)
    assert begun(history).remaining(MORNING + timedelta(days=1)) == timedelta(0)


def test_attempts_of_an_exam_say_that_they_are(history, tmp_path):
    exam = answer(history, begun(history), 0, ["b"], 100, later(1))
    mock.submit(history, exam, later(2))
    lines = map(json.loads, (tmp_path / "data" / "history.jsonl").read_bytes().splitlines())
    kept = [event["body"] for event in lines if event["kind"] == "attempt"]
    assert [(body["mode"], body["key"], body["active_ms"]) for body in kept] == [(Mode.EXAM, "b", 100)]


@pytest.fixture
def taking(history) -> mock.Taking:
    items = (item("a1"), item("a2", several=True), item("c1", "networks/c"))
    return mock.Taking(history, mock.begin(history, items, (13,), 10, MORNING), MORNING)


class TestTaking:
    def test_time_is_counted_for_the_item_that_was_seen_each_second_once(self, taking):
        taking.answer(("a",), later(10))
        taking.go(1, later(12))
        taking.go(0, later(20))
        taking.answer(("b",), later(25))
        taking.go(1, later(26))
        taking.answer(("a",), later(30))
        assert [mark.spent_ms for mark in taking.exam.marks] == [10_000 + 2_000 + 5_000, 8_000 + 4_000, 0]

    def test_time_while_the_exam_was_away_is_not_counted(self, taking):
        taking.look(later(300))
        taking.answer(("a",), later(305))
        assert taking.exam.marks[0].spent_ms == 5_000

    def test_of_one_option_the_last_counts_and_of_several_each_key_turns_one(self, taking):
        taking.pick("a", later(1))
        taking.pick("b", later(2))
        assert taking.picked == ("b",)
        taking.go(1, later(3))
        for label in ("c", "a", "c"):
            taking.pick(label, later(4))
        assert taking.picked == ("a",)

    def test_what_could_not_be_saved_is_in_sight_and_does_not_count_until_it_is(self, taking, history, monkeypatch):
        def full(*_: object, **__: object) -> None:
            raise NotSavedError(NotSavedCode.NO_SPACE)

        with monkeypatch.context() as patch:
            patch.setattr(history, "append", full)
            with pytest.raises(NotSavedError):
                taking.pick("b", later(5))
            assert taking.picked == ("b",)
            assert taking.exam.marks[0] == Mark()
        taking.answer(taking.unsaved, later(8))
        assert taking.unsaved is None
        assert taking.exam.marks[0] == Mark(answer=("b",), spent_ms=8_000)

    def test_what_could_not_be_saved_here_is_saved_elsewhere(self, taking, history, monkeypatch, tmp_path):
        with history.elsewhere(tmp_path, at=MORNING, day=TODAY) as elsewhere:
            monkeypatch.setattr(history, "append", None)
            taking.answer(("c",), later(5), elsewhere)
            assert taking.picked == ("c",)
            assert taking.flag(later(6), elsewhere)

    def test_there_is_no_item_before_the_first_or_behind_the_last(self, taking):
        for number, reached in ((-1, 0), (99, 2)):
            taking.go(number, later(1))
            assert taking.number == reached


FORM = ExamForm(id="t", titles={"en": "t"}, items=16, minutes=16)


def is_wrong(*_: object) -> bool:
    return True


def exam_part(asked: Question, keys: tuple[str, ...] = ()) -> ExamPart | None:
    return next(iter(offered(asked, is_wrong, lambda: keys).parts), None)


class TestBlueprint:
    @given(st.dictionaries(st.integers(1, 7), st.integers(1, 60), min_size=1), st.integers(1, 150))
    def test_shares_add_up_and_leave_no_item_out(self, weights, count):
        found = shares(weights, count)
        assert sum(found.values()) == count
        if count >= len(weights):
            assert min(found.values()) >= 1
        total = sum(weights.values())
        assert all(found[name] <= count * weight / total + 1 + len(weights) for name, weight in weights.items())

    @pytest.fixture
    def choices(self):
        """Six exercises of one syllabus item, two of another."""

        def topic(area: str, exercises: int, item: int) -> TopicEntry:
            entries = (exercise_entry(f"{area}-{letter}", f"{area}/t") for letter in "abcdef"[:exercises])
            return topic_entry(f"{area}/t", *(entry._replace(kind=Kind.CHOICE) for entry in entries), item=(item,))

        return library_of(topic("losses", 6, 13), topic("descent", 2, 16))

    @staticmethod
    def draw(entry: ExerciseEntry, seed: int) -> ExamQuestion:
        """One of four stems of an exercise."""
        part = ExamPart(ask="", kind=Kind.CHOICE, skill=entry.skill, options=(("a", "1"), ("b", "2")), right=("a",))
        asked = question(exercise=entry.id, topic=entry.topic, prompt=f"{entry.id} {'pqrs'[seed % 4]} {seed}")
        return ExamQuestion(asked, (part,))

    def test_items_are_spread_over_the_syllabus_and_no_stem_comes_twice(self, choices):
        items = draw_items(choices, FORM, self.draw, 1)

        assert items == draw_items(choices, FORM, self.draw, 1)
        assert items != draw_items(choices, FORM, self.draw, 2)
        assert len({stem_of(item) for item in items}) == len(items) == 16
        assert sum(item.topic == "descent/t" for item in items) == 4
        assert len(draw_items(choices, replace(FORM, items=100), self.draw, 1)) == 32  # as many as there are stems
        assert syllabus_of(choices, FORM) == (13, 16)
        assert uncovered(choices, FORM) == "1–12, 14–15, 17–55"

    def test_quotas_say_how_many_items_ask_about_what_and_repeats_how_often(self, choices):
        items = draw_items(choices, replace(FORM, quotas={13: 1, 16: 1}, items=12, repeats=3), self.draw, 1)
        assert sum(item.topic == "descent/t" for item in items) == 6
        items = draw_items(choices, replace(FORM, quotas={16: 1}, repeats=3), self.draw, 1)
        assert [item.topic for item in items] == ["descent/t"] * 6

    def test_no_more_items_than_a_form_lets_need_numbers_or_a_calculator(self, choices):
        def draw(entry: ExerciseEntry, seed: int) -> ExamQuestion:
            plain = self.draw(entry, seed)
            part = replace(plain.parts[0], needs_number=seed % 2 == 0, needs_calculator=seed % 4 == 0)
            return replace(plain, parts=(part,))

        for seed in range(5):
            items = draw_items(choices, replace(FORM, numbers=0.25, calculator=0.1), draw, seed)
            assert sum(item.needs_number for item in items) <= 4
            assert sum(item.needs_calculator for item in items) <= 1

    def test_numbers_are_asked_where_their_page_gives_them_an_exam_form(self):
        plain, formed = exercise_entry("n1", "losses/t"), exercise_entry("n2", "losses/t")._replace(exam="choice")
        assert eligible(library_of(topic_entry("losses/t", plain, formed)), FORM) == {13: (formed,)}

    def test_an_exercise_counts_for_the_item_that_it_names_else_for_the_first_of_its_page(self):
        plain = exercise_entry("c1", "losses/t")._replace(kind=Kind.CHOICE)
        named = exercise_entry("c2", "losses/t")._replace(kind=Kind.CHOICE, item=16)
        library = library_of(topic_entry("losses/t", plain, named, item=(13, 16)))
        assert eligible(library, FORM) == {13: (plain,), 16: (named,)}
        rows = {row.item: row for row in coverage(library)}
        assert {item: row.skills for item, row in rows.items() if row.taught} == {13: ("c1",), 16: ("c2",)}
        assert not rows["E3.1"].taught
        assert rows["E1.1"].optional

    def test_a_number_is_asked_among_three_of_its_mistakes_each_once(self):
        mistakes = (("twofold", "1.5"), ("half", "0.25"), ("same", "0.5"), ("twice", "1.0"), ("square", "0.3"))
        asked = question(
            key=NumberKey("0.5", digits=1), answer="0.5", mistakes=tuple(KnownMistake(*mistake) for mistake in mistakes)
        )
        found = [exam_part(replace(asked, seed=seed)) for seed in range(20)]

        for item in found:
            texts = dict(item.options)
            assert len(texts) == len(set(texts.values())) == 4
            assert [texts[label] for label in item.right] == ["0.5"]
            assert {texts[label]: name for label, name in item.mistakes} == {
                answer: name for name, answer in mistakes if answer in set(texts.values()) - {"0.5"}
            }
        assert {text for item in found for _, text in item.options} == {answer for _, answer in mistakes}
        assert len({item.right for item in found}) == 4
        assert found == [exam_part(replace(asked, seed=seed)) for seed in range(20)]

    def test_a_number_that_is_never_negative_is_asked_among_others_that_are_not(self):
        mistakes = (("sign", "-0.5"), ("half", "0.25"), ("twice", "1.0"), ("square", "0.3"))
        asked = question(
            key=NumberKey("0.5", digits=1), answer="0.5", mistakes=tuple(KnownMistake(*mistake) for mistake in mistakes)
        )

        def offered_texts(keys: tuple[str, ...]) -> set[str]:
            return {text for seed in range(20) for _, text in exam_part(replace(asked, seed=seed), keys).options}

        assert "-0.5" not in offered_texts(("0.1", "0.7"))
        assert "-0.5" in offered_texts(("0.1", "-0.7"))

    def test_what_needs_the_picture_of_a_network_has_no_exam_form(self):
        options = (ShownOption("a", "one"), ShownOption("b", "two"))
        choice = question(kind=Kind.CHOICE, key=ChoiceKey(("a", "b"), ("a",)), options=options)
        assert exam_part(choice) is not None
        assert exam_part(replace(choice, network={"layers": [2, 1]})) is None

    def test_a_number_with_too_few_mistakes_has_no_exam_form(self):
        two = (KnownMistake("other", "0.6108"), KnownMistake("half", "0.2554"), KnownMistake("key", "0.5108"))
        assert exam_part(question(answer="0.5108", mistakes=two)) is None
        assert exam_part(question(answer="0.5108", mistakes=(*two, KnownMistake("twice", "1.0217")))) is not None
