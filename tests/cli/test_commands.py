"""The commands that scripts use: shapes, exit codes, and bad input answered rather than raised."""

import json
import re
import shlex
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

import pytest

from studyapp import __version__
from studyapp.cli import script
from studyapp.domain.exercise import Exercise
from studyapp.kernel import messages
from studyapp.kernel import service as kernel_service
from studyapp.study.searching import readable
from studyapp.typeset.width import cells
from tests.tools.commands import BROKEN, json_of, studyapp, written

CONTENT = Path(__file__).parent.parent.parent / "content"
TOPIC = "---\nitem: [13]\n{more}---\n# 題\n\n本文。\n"


@pytest.fixture(autouse=True)
def no_bug_is_known():
    """Bugs are logged once in a process; each test sees its own."""
    messages._log_once.cache_clear()


def broken(error: type[Exception]):
    """A function that meets a bug."""

    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


class TestSpeaking:
    def test_formulas_are_read_out_in_words_on_pages_and_in_questions(self, data):
        page = studyapp("--speak", data, "read", "losses/huber").stdout
        question = studyapp("--speak", data, "quiz", "losses/huber", "-n", "1", "--seed", "4").stdout
        assert "1 over 2, r squared" in page
        assert "1 over 2, r squared" in question
        assert not set(page) & set("⠁⠒│─¹²½")

    def test_without_it_formulas_are_set_and_figures_drawn(self, data):
        page = studyapp(data, "read", "losses/huber").stdout
        assert "over 2" not in page
        assert "²" in page


class TestBugs:
    """A bug of ours is said in a line, and the next line gets its reply."""

    def test_a_line_of_compute_that_meets_a_bug(self, monkeypatch, caplog):
        monkeypatch.setattr("studyapp.cli.script.computed", broken(ZeroDivisionError))
        run = studyapp("compute", "--jsonl", given='{"expression": "1"}\nno\n{"expression": "2"}\n')
        assert [set(json.loads(line)) for line in run.stdout.splitlines()] == [{"message"}] * 3
        assert [record.levelname for record in caplog.records] == ["ERROR"]

    def test_a_line_of_grade_that_meets_a_bug(self, monkeypatch, caplog):
        request = {"kind": "number", "key": "1", "digits": 1}
        whole, bug = script.grade_request, broken(RecursionError)
        monkeypatch.setattr(script, "grade_request", lambda asked: (bug if asked["answer"] == "2" else whole)(asked))
        run = studyapp(
            "grade", "--jsonl", given="".join(json.dumps({**request, "answer": answer}) + "\n" for answer in "12212")
        )
        verdicts = [json.loads(line)["verdict"] for line in run.stdout.splitlines()]
        assert verdicts == ["correct", "undecided", "undecided", "correct", "undecided"]
        assert len(caplog.records) == 1

    def test_a_quiz_goes_on_after_bugs_in_drawing_and_in_grading(self, data, monkeypatch):
        drawn, graded = kernel_service.draw, kernel_service.grade_plain

        def broken_draw(exercise: Exercise, *rest: Any) -> object:
            return (broken(KeyError) if exercise.id == "huber" else drawn)(exercise, *rest)

        def broken_grade(question: object, answer: str, *rest: Any) -> object:
            return (broken(TypeError) if answer == "7" else graded)(question, answer, *rest)

        monkeypatch.setattr(kernel_service, "draw", broken_draw)
        monkeypatch.setattr(kernel_service, "grade_plain", broken_grade)
        run = studyapp(data, "quiz", "huber", "huber-mean", "-n", "2", "--seed", "1", given="7\n!\n")

        assert run.exit_code == 0
        assert "“huber”" in run.stderr
        assert re.findall("^(?:undecided|wrong)", run.stdout, re.MULTILINE) == ["undecided", "wrong"]
        assert json_of(data, "stats")["attempts"] == 1

    def test_a_figure_that_meets_a_bug_is_left_out_of_its_page(self, data, monkeypatch):
        whole = studyapp(data, "read", "losses/huber")
        monkeypatch.setattr("studyapp.cli.shown.figure_lines", broken(KeyError))
        run = studyapp(data, "read", "losses/huber")
        assert run.exit_code == 0
        assert 0 < len(run.stdout) < len(whole.stdout)

    def test_a_bug_anywhere_else_ends_the_command_with_a_line(self, data, monkeypatch):
        monkeypatch.setattr("studyapp.cli.course.load_library", broken(KeyError))
        run = studyapp("--lang=en", data, "topics", whole=True)
        assert (run.exit_code, run.stderr.count("\n")) == (1, 1)
        assert "A bug in studyapp ended this command (KeyError" in run.stderr


def test_topics_are_in_reading_order_with_their_exercises_and_titles_in_the_language(data):
    topics = json_of("--lang=ja", data, "topics")
    ids = [topic["id"] for topic in topics]
    assert all(set(topic) == {"id", "title", "item", "requires", "exercises"} for topic in topics)
    assert all(ids.index(name) < ids.index(topic["id"]) for topic in topics for name in topic["requires"])
    assert any(topic["exercises"] for topic in topics)
    assert "交差エントロピー" in " ".join(topic["title"] for topic in topics)
    assert "Cross-entropy" in " ".join(topic["title"] for topic in json_of(data, "topics"))


class TestQuestion:
    def test_the_key_is_given_only_when_asked_for(self, data):
        plain = json_of(data, "question", "ce-onehot", "--seed", "3")
        keyed = json_of(data, "question", "ce-onehot", "--seed", "3", "--with-key")
        assert set(plain) == {"exercise", "skill", "seed", "kind", "prompt", "values"}
        assert set(keyed) - set(plain) == {"key", "mistakes", "answer"}
        assert {name: keyed[name] for name in plain} == plain

    def test_count_gives_a_list_of_consecutive_seeds_with_their_milliseconds_where_asked_for(self, data):
        drawn = json_of(data, "question", "softmax", "--seed", "5", "--count", "3", "--timing")
        assert [question["seed"] for question in drawn] == [5, 6, 7]
        assert all(question["ms"] > 0 for question in drawn)

    def test_a_choice_has_labelled_options(self, data):
        drawn = json_of(data, "question", "ce-meaning", "--with-key")
        assert [option["label"] for option in drawn["options"]] == ["a", "b", "c", "d"]
        assert drawn["key"] == [drawn["answer"]]


def test_grade_answers_each_line_in_order_and_no_line_ends_it(data):
    number = {"kind": "number", "key": "0.5108256", "digits": 4}
    requests = {
        json.dumps({**number, "answer": "0.5108"}): "correct",
        "not json": "unreadable",
        json.dumps({**number, "answer": "0.51"}): "rounding",
        json.dumps({"kind": "no-such-kind", "answer": "1"}): "unreadable",
        "[" * 100_000: "unreadable",
        json.dumps({**number, "answer": "-0.5108"}): "wrong",
        json.dumps({"exercise": "ce-onehot", "seed": 1, "answer": "1.0217"}): "correct",
        json.dumps({"exercise": "no-such-exercise", "seed": 1, "answer": "1"}): "unreadable",
        json.dumps({"exercise": "ce-onehot", "seed": "x", "answer": "1"}): "unreadable",
    }

    run = studyapp(data, "grade", "--jsonl", "--timing", given="\n".join(requests))

    replies = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.exit_code == 0
    assert [reply["verdict"] for reply in replies] == [*requests.values()]
    assert replies[5]["mistake"] == "sign"
    assert all(set(reply) == {"verdict", "mistake", "detail", "message", "reading", "ms"} for reply in replies)


class TestCompute:
    @pytest.mark.parametrize(
        ("line", "reply"),
        [
            ("huber(3, 0, delta=2)", {"value": 4.0}),
            ("mae(y, t)|--with|y=(1, 3)|--with|t=(0, 0)|--gradient|y", {"value": 2.0, "gradient": [0.5, 0.5]}),
            ("-log(y)|--with|y=0.6|--exact", {"value": 0.5108256237659907, "exact": "-log(3/5)"}),
            ("y**2|--with|y=3|--gradient|y", {"value": 9.0, "gradient": 6.0}),
        ],
    )
    def test_values_and_gradients(self, line, reply):
        assert json_of("compute", *line.split("|")) == reply

    def test_what_is_not_finite_is_a_word_with_a_message(self):
        reply = json_of("compute", "cross_entropy(y, t)", "--with", "y=(0, 1)", "--with", "t=(1, 0)")
        assert reply["value"] == "inf"
        assert reply["message"]

    def test_a_bad_line_gets_a_message_and_the_next_line_its_value(self):
        expressions = ['"9**9**9"', '"f(1)"', "3", '"1/3"']
        lines = ["oops", *(f'{{"expression": {text}}}' for text in expressions)]
        run = studyapp("compute", "--jsonl", given="\n".join(lines))
        replies = [json.loads(line) for line in run.stdout.splitlines()]
        assert [set(reply) for reply in replies[:4]] == [{"message"}] * 4
        assert replies[4] == {"value": 1 / 3}

    def test_mismatched_shapes_name_both(self):
        run = studyapp("compute", "mse(y, t)", "--with", "y=(1, 2)", "--with", "t=(1, 2, 3)")
        assert run.exit_code == 1
        assert "(2,)" in run.stdout
        assert "(3,)" in run.stdout


class TestLintAndVerify:
    def test_the_shipped_pages_have_no_complaint(self, data):
        assert json_of(data, "lint") == {"complaints": []}

    def test_a_broken_page_is_reported_with_its_place_and_ends_with_one(self, data, tmp_path):
        page = written(tmp_path, BROKEN)
        run = studyapp(data, "lint", str(page), "--json")
        complaints = json.loads(run.stdout)["complaints"]
        assert run.exit_code == 1
        assert (str(page), 12, 7) in {(one["path"], one["line"], one["column"]) for one in complaints}
        assert all(set(one) == {"path", "line", "column", "code", "severity", "message", "hint"} for one in complaints)

    @pytest.mark.parametrize("command", ["lint", "verify"])
    def test_a_file_that_no_course_holds_is_refused_rather_than_called_sound(self, data, tmp_path, command):
        run = studyapp(data, command, str(written(tmp_path, BROKEN, "loose.md")))
        assert run.exit_code == 2
        assert "ja/area/name.md" in run.stderr

    @pytest.mark.parametrize(("topic", "unknown"), [("losses/cross-entropy", False), ("losses/cross-entropi", True)])
    def test_a_page_of_ones_own_may_require_the_shipped_topics(self, data, tmp_path, topic, unknown):
        page = written(tmp_path / "own", TOPIC.format(more=f"requires: [{topic}]\n"))
        hints = {complaint["code"]: complaint["hint"] for complaint in json_of(data, "lint", str(page))["complaints"]}
        assert ("unknown-requires" in hints) == unknown
        assert "losses/cross-entropy" in hints.get("unknown-requires", "losses/cross-entropy")

    def test_an_id_of_the_shipped_course_is_taken(self, data, tmp_path):
        key = "\n## 問\n\n名前は。\n\n```yaml key\nid: {}\nkind: term\naccept: [損失]\n```\n"
        page = written(tmp_path / "own", TOPIC.format(more="") + key.format("ce-onehot"))
        taken = studyapp(data, "lint", str(page))
        written(tmp_path / "own", TOPIC.format(more="") + key.format("ce-of-my-own"))
        free = studyapp(data, "lint", str(page))
        assert "page.md:13:5: error duplicate-exercise" in taken.stdout
        assert taken.exit_code == 1
        assert "duplicate-exercise" not in free.stdout
        assert free.exit_code == 0

    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_verify_gives_a_certificate_an_exercise_of_a_page_or_its_translation(self, data, language):
        page = CONTENT / language / "losses" / "squared-error.md"
        certificates = json_of(data, "verify", str(page), "--seeds", "3", "--first-seed", "7")["exercises"]
        assert {certificate["id"] for certificate in certificates} >= {"half-sse", "mse-mean"}
        assert all(certificate["seeds"] == 3 and certificate["distance"] < 1e-9 for certificate in certificates)


def test_coverage_says_of_each_item_of_both_syllabuses_what_there_is(data):
    rows = {row["item"]: row for row in json_of(data, "topics", "--coverage")["syllabus"]}
    assert (len(rows), {row["exam"] for row in rows.values()}) == (55 + 24, {"g", "e"})
    assert rows[38] == {
        "item": 38, "title": "Protection of personal information", "exam": "g", "optional": False,
        "topics": [], "skills": [], "taught": False, "drilled": False, "examined": False,
    }  # fmt: skip
    (convolution,) = (row for row in rows.values() if row["title"] == "Convolution")
    assert convolution["topics"] == ["layers/convolution", "layers/convolution-cost"]
    assert "conv-value" in convolution["skills"]
    assert [convolution[name] for name in ("taught", "drilled", "examined")] == [True, True, True]
    assert rows["E4.5"]["optional"]
    lines = studyapp("--lang=ja", data, "topics", "--coverage").stdout.splitlines()
    assert len({cells(line) for line in lines if line.startswith((" ", "G"))}) == 1
    assert next(line for line in lines if line.startswith("  38")).split() == ["38", "個人情報保護法", "–", "–", "–"]


def test_the_version_comes_with_what_a_report_has_to_name():
    ours = f"studyapp {__version__} (Python {python_version()}, Textual {version('textual')})"
    assert studyapp("--version").stdout.strip() == ours


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("qu", {"quiz", "question"}),
        ("--ver", {"--version"}),
        ("quiz losses/soft", {"losses/softmax"}),
        ("quiz softmax-s", {"softmax-shift"}),
        ("export moodle losses/hi", {"losses/hinge"}),
        ("read nothing-like-this", set()),
        ("--course nothing read los", set()),
    ],
)
def test_a_shell_completes_commands_topics_and_exercises(data, monkeypatch, line, names):
    words = ["studyapp", "--data", str(data), *line.split()]
    monkeypatch.setenv("_STUDYAPP_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", shlex.join(words))
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    assert {line.removeprefix("plain,") for line in studyapp().stdout.split()} == names


@pytest.mark.parametrize("arguments", [["no-such-command"], ["--no-such-option"], ["topics", "extra"], ["compute"]])
@pytest.mark.parametrize("whole", [True, False])
def test_wrong_usage_ends_with_two(arguments, whole):
    assert studyapp(*arguments, whole=whole).exit_code == 2


def test_help_and_topics_import_neither_textual_nor_the_mathematics(tmp_path):
    code = (
        "import sys\nfrom studyapp.cli import main\n"
        "for line in (['--help'], ['topics'], ['topics']):\n"  # the second time from the library's cache
        "    try:\n        main([*sys.argv[1:], *line])\n    except SystemExit:\n        pass\n"
        "print(sorted({'textual', 'rich', 'numpy', 'sympy', 'mpmath'} & set(sys.modules)), file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, f"--data={tmp_path}"], capture_output=True, encoding="utf-8", check=False
    )
    assert run.stderr.strip() == "[]"
    assert run.stdout.count("losses/cross-entropy") > 1


class TestCare:
    @pytest.fixture
    def log(self, data) -> Path:
        """The history of a learner who has answered twice."""
        return self.answered(data, 1)

    def answered(self, data: Path, seed: int) -> Path:
        studyapp(data, "quiz", "losses/cross-entropy", "-n", "2", "--seed", str(seed), given="1\n1\n1\n1\n")
        return data / "history.jsonl"

    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_the_doctor_finds_nothing_where_all_is_well_and_says_where_the_data_and_own_pages_are(
        self, data, log, language
    ):
        studyapp(data, "backup")
        report = json_of("--lang", language, data, "doctor")
        messages = {check["name"]: check["message"] for check in report["checks"]}
        assert report["ok"]
        assert {*messages} == {
            *("folder", "space", "history", "index", "backups", "settings", "content", "courses", "exercises"),
        }
        assert str(data / "content") in messages["folder"]

    def test_the_doctor_names_the_damaged_event_and_a_backup_heals_it(self, data, log):
        copy = studyapp(data, "backup").stdout.strip()
        lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
        event = json.loads(lines[1])["id"]
        log.write_text(lines[0] + lines[1].replace("ce-onehot", "ce-twohot") + lines[2], encoding="utf-8")
        found = studyapp(data, "doctor", "--json")
        healed = studyapp(data, "restore", copy)
        (history,) = [one for one in json.loads(found.stdout)["checks"] if one["name"] == "history"]
        assert found.exit_code == 1
        assert event in history["message"]
        assert healed.exit_code == 0
        assert studyapp(data, "doctor").exit_code == 0

    def test_salvage_changes_nothing_where_nothing_is_damaged(self, data, log):
        before = log.read_bytes()
        run = studyapp(data, "doctor", "--salvage")
        assert run.exit_code == 0
        assert "no damage" in run.stdout
        assert log.read_bytes() == before
        assert not list((data / "backups").glob("damaged-*"))

    def test_salvage_brings_back_what_is_sound_and_names_the_rest(self, data, log):
        damaged = log.read_bytes().replace(b"ce-onehot", b"ce-twohot", 1)
        log.write_bytes(damaged)
        assert studyapp(data, "stats").exit_code == 1
        report = json_of(data, "doctor", "--salvage")
        assert (report["ok"], report["salvaged"]["events"]) == (True, 1)
        assert [missing["exercise"] for missing in report["salvaged"]["missing"]] == ["ce-twohot"]
        assert json_of(data, "stats")["attempts"] == 1
        assert [path.read_bytes() for path in (data / "backups").glob("damaged-*")] == [damaged]

    @pytest.mark.parametrize(
        ("language", "restore_says", "import_says"),
        [
            ("en", ("is not in the copy", "cut off in the middle"), "line 3: cut off"),
            ("ja", ("控えにない解答が 1 件", "途中で切れ"), "3 行目: 途中で切れています"),
        ],
    )
    def test_what_a_restore_lacks_and_an_import_leaves_out_is_said(
        self, data, log, tmp_path, language, restore_says, import_says
    ):
        torn = tmp_path / "torn.jsonl"
        torn.write_bytes(log.read_bytes()[:-20])
        restored = studyapp("--lang", language, data, "restore", str(torn))
        taken = studyapp("--lang", language, data, "import", "history", str(torn))
        assert (restored.exit_code, taken.exit_code) == (0, 0)
        assert all(words in restored.stdout for words in restore_says)
        assert import_says in taken.stderr

    def test_another_machines_history_is_taken_in_once(self, data, log, tmp_path):
        other = self.answered(tmp_path / "other", 5)
        for added in ("2", "0"):
            run = studyapp(data, "import", "history", str(other))
            assert run.stdout.startswith(f"{added} events"), run.stdout + run.stderr
        assert json_of(data, "stats")["attempts"] == 4

    def test_restoring_without_a_name_lists_the_backups(self, data, log):
        copy = studyapp(data, "backup").stdout.strip()
        run = studyapp(data, "restore")
        assert run.exit_code == 2
        assert copy in run.stdout.split()


class TestSearch:
    @pytest.mark.parametrize(
        ("words", "found"), [("外れ値", "losses/huber"), ("Huber", "huber-choice"), ("softmax", "losses/softmax")]
    )
    def test_topics_and_exercises_are_found_in_either_language(self, data, words, found):
        run = studyapp("--lang=ja", data, "search", words)
        assert run.exit_code == 0
        assert found in run.stdout

    def test_what_is_nowhere_is_said_and_ends_with_one(self, data):
        plain = studyapp(data, "search", "zzzzzz", "y")
        listed = studyapp(data, "search", "zzzzzz", "--json")
        assert (plain.exit_code, plain.stdout, plain.stderr) == (1, "", "Nothing was found for “zzzzzz y”.\n")
        assert (listed.exit_code, json.loads(listed.stdout)) == (1, [])

    def test_json_says_where_a_word_is_on_its_page(self, data):
        hits = json_of(data, "search", "quantile", "loss")
        assert {"losses/huber"} < {hit["topic"] for hit in hits} | {hit.get("exercise") for hit in hits}
        for hit in hits:
            lines = (CONTENT / "en" / f"{hit['topic']}.md").read_text(encoding="utf-8").splitlines()
            assert "exercise" in hit or hit["snippet"][:40] in readable(lines[hit["line"] - 1])
            assert {"topic", "line", "snippet"} <= set(hit) <= {"topic", "line", "snippet", "exercise", "heading"}


class TestIds:
    """Commands take ids of exercises and of topics; what they recommend they take."""

    def test_a_quiz_on_an_exercise_asks_it_and_then_the_topic_in_the_order_named(self, data):
        run = studyapp(data, "quiz", "log-cosh-gradient", "losses/huber", "-n", "3", "--seed", "1", given="!\n" * 3)
        asked = re.findall(r"^\d/3 (\S+) seed (\d)$", run.stdout, re.MULTILINE)
        assert asked == [("log-cosh-gradient", "1"), ("huber", "2"), ("huber-mean", "3")]

    def test_read_takes_an_exercise_for_its_page(self, data):
        assert studyapp(data, "read", "ce-onehot").stdout == studyapp(data, "read", "losses/cross-entropy").stdout

    def test_a_topic_gives_a_question_of_each_of_its_exercises(self, data):
        (exercises,) = [topic["exercises"] for topic in json_of(data, "topics") if topic["id"] == "losses/huber"]
        drawn = json_of(data, "question", "losses/huber", "--seed", "4")
        assert [(one["exercise"], one["seed"]) for one in drawn] == [(exercise, 4) for exercise in exercises]
        assert drawn[0] == json_of(data, "question", exercises[0], "--seed", "4")

    @pytest.mark.parametrize("command", [["quiz"], ["read"], ["question"], ["export", "html"]], ids="-".join)
    @pytest.mark.parametrize("name", ["hubr", "losses/hubr", "ce-onehott"])
    def test_a_command_takes_what_it_recommends(self, data, tmp_path, monkeypatch, command, name):
        monkeypatch.chdir(tmp_path)
        refused = studyapp(data, *command, name)
        assert refused.exit_code == 2
        for number, near in enumerate(refused.stderr.partition("Nearest: ")[2].strip().split(", ")):
            target = ["-o", f"{number}.html", "-n", "1"] if command[0] == "export" else []
            assert studyapp(data, *command, near, *target).exit_code == 0, near

    def test_grade_recommends_exercises_only(self, data):
        line = json.dumps({"exercise": "hubr", "seed": 1, "answer": "1"})
        message = json.loads(studyapp(data, "grade", "--jsonl", given=line).stdout)["message"]
        assert "huber" in message
        assert "/" not in message


class TestExport:
    @pytest.fixture(autouse=True)
    def elsewhere(self, data, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        studyapp(data, "quiz", "huber", "-n", "1", given="!\n")

    @pytest.mark.parametrize(
        ("form", "target"),
        [("html", "studyapp.html"), ("moodle", "studyapp.xml"), ("html", "given.html"), ("history", "out.jsonl")],
    )
    def test_a_file_that_is_there_is_replaced_only_by_force(self, data, tmp_path, form, target):
        where = [target] if form == "history" else ["huber", "-n", "1"]
        where += ["-o", target] if target == "given.html" else []
        (tmp_path / target).write_text("mine", encoding="utf-8")
        refused = studyapp(data, "export", form, *where)
        kept = (tmp_path / target).read_text(encoding="utf-8")
        forced = studyapp(data, "export", form, *where, "--force")
        assert (refused.exit_code, kept) == (1, "mine")
        assert "--force" in refused.stderr
        assert forced.exit_code == 0
        assert forced.stdout.startswith("1 question was" if form != "history" else "1 event was")
        assert (tmp_path / target).read_text(encoding="utf-8") != "mine"

    @pytest.mark.parametrize("form", ["html", "pages", "results"])
    def test_none_of_several_files_is_replaced_unasked(self, data, tmp_path, form):
        where, target = {
            "html": (["huber", "--paper", "1"], "studyapp-key.html"),
            "pages": (["sheet"], "studyapp-pages/index.html"),
            "results": ([], "studyapp-results.csv"),
        }[form]
        (tmp_path / "studyapp-pages").mkdir()
        (tmp_path / target).write_text("mine", encoding="utf-8")
        refused = studyapp(data, "export", form, *where)
        assert (refused.exit_code, "--force" in refused.stderr) == (1, True)
        assert (tmp_path / target).read_text(encoding="utf-8") == "mine"
        assert studyapp(data, "export", form, *where, "--force").exit_code == 0
        assert (tmp_path / target).read_text(encoding="utf-8") != "mine"

    @pytest.mark.parametrize("form", ["history", "html", "moodle", "results"])
    def test_the_history_itself_is_never_replaced(self, data, tmp_path, form):
        log = data / "history.jsonl"
        before = log.read_bytes()
        (tmp_path / "link").symlink_to(log)
        for target in ("data/history.jsonl", "data/../data/history.jsonl", "link"):
            where = {"history": [target], "results": ["-o", target]}.get(form, ["huber", "-o", target])
            assert studyapp(data, "export", form, *where, "--force").exit_code == 1
            assert log.read_bytes() == before


class TestLinks:
    @pytest.fixture
    def content(self, tmp_path) -> Path:
        folder = written(tmp_path / "own", TOPIC.format(more="")).parent
        for name, target in (("itself.md", "itself.md"), ("one.md", "two.md"), ("two.md", "one.md"), ("folder", "..")):
            (folder / name).symlink_to(target)
        return tmp_path / "own"

    @pytest.mark.parametrize(
        "line",
        [
            *("lint .", "verify . --seeds 1", "lint ja/area/page.md", "preview ja/area/itself.md"),
            "export html huber -n 1 -o ja/area/itself.md",
            "new exercise number --page ja/area/itself.md",
        ],
    )
    def test_links_in_a_circle_are_files_that_cannot_be_read_or_written(self, data, content, monkeypatch, line):
        monkeypatch.chdir(content)
        run = studyapp(data, *line.split())
        assert isinstance(run.exception, SystemExit | None), run.exception
        assert run.exit_code in ({0, 1, 2} if "itself" not in line else {1, 2})
