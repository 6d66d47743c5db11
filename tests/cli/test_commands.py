"""The commands that scripts use: shapes, exit codes, and bad input answered rather than raised."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from studyapp import __version__
from studyapp.cli import build
from studyapp.cli.context import language_from
from studyapp.domain.exercise import Exercise
from studyapp.domain.text import set_language
from studyapp.kernel import messages
from studyapp.kernel import service as kernel_service

CONTENT = Path(__file__).parent.parent.parent / "content"
BROKEN = "---\nitem: [13]\n---\n# 題\n\n## 壊れた\n\n問い\n\n```yaml key\nid: broken\nkind: numbr\n```\n"


@pytest.fixture(autouse=True)
def no_bug_is_known():
    """Bugs are logged once in a process; each test sees its own."""
    messages._log_once.cache_clear()


def studyapp(*arguments: str, given: str = "") -> Result:
    set_language(language_from(arguments))
    return CliRunner().invoke(build(), arguments, input=given, prog_name="studyapp")


@pytest.fixture
def data(tmp_path: Path) -> str:
    return f"--data={tmp_path / 'data'}"


class TestSpeaking:
    def test_formulas_are_told_in_words_on_pages_and_in_questions(self, data):
        page = studyapp("--lang=en", "--speak", data, "read", "losses/huber").stdout
        question = studyapp("--lang=en", "--speak", data, "quiz", "losses/huber", "-n", "1", "--seed", "4").stdout

        assert "1 over 2, r squared" in page
        assert "1 over 2, r squared" in question
        assert not set(page) & set("⠁⠒│─¹²½")

    def test_without_it_formulas_are_set_and_figures_drawn(self, data):
        page = studyapp("--lang=en", data, "read", "losses/huber").stdout

        assert "over 2" not in page
        assert "²" in page


class TestBugs:
    """A bug of ours is said in a line, and the next line gets its reply."""

    def test_a_line_of_compute_that_meets_a_bug(self, monkeypatch, caplog):
        def broken(*_: object, **__: object) -> None:
            raise ZeroDivisionError

        with monkeypatch.context() as patched:
            patched.setattr("studyapp.cli.compute.computed", broken)
            run = studyapp("--lang", "en", "compute", "--jsonl", given='{"expression": "1"}\nno\n{"expression": "2"}\n')

        assert [set(json.loads(line)) for line in run.stdout.splitlines()] == [{"message"}] * 3
        assert [record.levelname for record in caplog.records] == ["ERROR"]

    def test_a_line_of_grade_that_meets_a_bug(self, monkeypatch, caplog):
        request = {"kind": "number", "key": "1", "digits": 1, "answer": "1"}

        def broken(asked: dict, *_: object) -> object:
            if asked["answer"] == "2":
                raise RecursionError
            return kept(asked, *_)

        from studyapp.cli import grade

        kept = grade.grade_request
        monkeypatch.setattr(grade, "grade_request", broken)
        lines = "".join(json.dumps({**request, "answer": answer}) + "\n" for answer in "12212")
        run = studyapp("--lang", "en", "grade", "--jsonl", given=lines)

        verdicts = [json.loads(line)["verdict"] for line in run.stdout.splitlines()]
        assert verdicts == ["correct", "undecided", "undecided", "correct", "undecided"]
        assert len(caplog.records) == 1

    def test_a_quiz_goes_on_after_bugs_in_drawing_and_in_grading(self, data, monkeypatch):
        drawn, graded = kernel_service.draw, kernel_service.grade_plain

        def broken_draw(exercise: Exercise, *rest: Any) -> object:
            if exercise.id == "huber":
                raise KeyError
            return drawn(exercise, *rest)

        def broken_grade(question: object, answer: str, *rest: Any) -> object:
            if answer == "7":
                raise TypeError
            return graded(question, answer, *rest)

        monkeypatch.setattr(kernel_service, "draw", broken_draw)
        monkeypatch.setattr(kernel_service, "grade_plain", broken_grade)
        names = ["huber", "huber-mean"]
        run = studyapp("--lang", "en", data, "quiz", *names, "-n", "2", "--seed", "1", given="7\n!\n")

        assert run.exit_code == 0
        assert "“huber”" in run.stderr
        assert [line.split()[0] for line in run.stdout.splitlines() if line.startswith(("undecided", "wrong"))] == [
            "undecided",
            "wrong",
        ]
        assert json.loads(studyapp(data, "stats", "--json").stdout)["attempts"] == 1

    def test_a_figure_that_meets_a_bug_is_left_out_of_its_page(self, data, monkeypatch):
        def broken(*_: object, **__: object) -> None:
            raise KeyError

        whole = studyapp(data, "read", "losses/huber")
        monkeypatch.setattr("studyapp.cli.shown.figure_lines", broken)
        run = studyapp(data, "read", "losses/huber")

        assert run.exit_code == 0
        assert 0 < len(run.stdout) < len(whole.stdout)


class TestTopics:
    def test_topics_stand_in_reading_order_with_their_exercises(self, data):
        topics = json.loads(studyapp(data, "topics", "--json").stdout)

        ids = [topic["id"] for topic in topics]
        assert all(set(topic) == {"id", "title", "item", "requires", "exercises"} for topic in topics)
        assert all(ids.index(name) < ids.index(topic["id"]) for topic in topics for name in topic["requires"])
        assert any(topic["exercises"] for topic in topics)

    def test_titles_follow_the_language(self, data):
        def titles(language: str) -> list[str]:
            return [one["title"] for one in json.loads(studyapp("--lang", language, data, "topics", "--json").stdout)]

        assert "Cross-entropy" in " ".join(titles("en"))
        assert "交差エントロピー" in " ".join(titles("ja"))


class TestQuestion:
    def test_the_key_is_told_only_when_asked_for(self, data):
        plain = json.loads(studyapp(data, "question", "ce-onehot", "--seed", "3", "--json").stdout)
        keyed = json.loads(studyapp(data, "question", "ce-onehot", "--seed", "3", "--with-key", "--json").stdout)

        assert set(plain) == {"exercise", "skill", "seed", "kind", "prompt", "values"}
        assert set(keyed) - set(plain) == {"key", "mistakes", "answer"}
        assert {name: keyed[name] for name in plain} == plain

    def test_count_gives_a_list_of_consecutive_seeds(self, data):
        drawn = json.loads(studyapp(data, "question", "softmax", "--seed", "5", "--count", "3", "--json").stdout)

        assert [one["seed"] for one in drawn] == [5, 6, 7]

    def test_a_choice_has_labelled_options(self, data):
        drawn = json.loads(studyapp(data, "question", "ce-meaning", "--with-key", "--json").stdout)

        assert [option["label"] for option in drawn["options"]] == ["a", "b", "c", "d"]
        assert drawn["key"] == [drawn["answer"]]


class TestGrade:
    def replies(self, *requests: object) -> list[dict]:
        lines = "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in requests)
        run = studyapp("--lang", "en", "grade", "--jsonl", given=lines)
        assert run.exit_code == 0
        return [json.loads(line) for line in run.stdout.splitlines()]

    def test_a_line_a_request_in_order_and_no_line_ends_it(self):
        number = {"kind": "number", "key": "0.5108256", "digits": 4}

        replies = self.replies(
            {**number, "answer": "0.5108"},
            "not json",
            {**number, "answer": "0.51"},
            {"kind": "no-such-kind", "answer": "1"},
            "[" * 100_000,
            {**number, "answer": "-0.5108"},
            {"exercise": "ce-onehot", "seed": 1, "answer": "1.0217"},
            {"exercise": "no-such-exercise", "seed": 1, "answer": "1"},
            {"exercise": "ce-onehot", "seed": "x", "answer": "1"},
        )

        assert [reply["verdict"] for reply in replies] == [
            "correct",
            "unreadable",
            "rounding",
            *["unreadable"] * 2,
            "wrong",
            "correct",
            *["unreadable"] * 2,
        ]
        assert replies[5]["mistake"] == "sign"
        assert all({"verdict", "mistake", "detail", "message", "reading"} <= set(reply) for reply in replies)


class TestCompute:
    @pytest.mark.parametrize(
        ("arguments", "reply"),
        [
            (["huber(3, 0, delta=2)"], {"value": 4.0}),
            (
                ["mae(y, t)", "--with", "y=(1, 3)", "--with", "t=(0, 0)", "--gradient", "y"],
                {"value": 2.0, "gradient": [0.5, 0.5]},
            ),
            (["-log(y)", "--with", "y=0.6", "--exact"], {"value": 0.5108256237659907, "exact": "-log(3/5)"}),
            (["y**2", "--with", "y=3", "--gradient", "y"], {"value": 9.0, "gradient": 6.0}),
        ],
        ids=lambda value: value[0] if isinstance(value, list) else "",
    )  # fmt: skip
    def test_values_and_gradients(self, arguments, reply):
        run = studyapp("compute", *arguments, "--json")

        assert json.loads(run.stdout) == reply
        assert run.exit_code == 0

    def test_what_is_not_finite_is_a_word_with_a_message(self):
        reply = json.loads(
            studyapp("compute", "cross_entropy(y, t)", "--with", "y=(0, 1)", "--with", "t=(1, 0)", "--json").stdout
        )

        assert reply["value"] == "inf"
        assert reply["message"]

    def test_a_bad_line_gets_a_message_and_the_next_line_its_value(self):
        lines = [
            "oops",
            '{"expression": "9**9**9"}',
            '{"expression": "f(1)"}',
            '{"expression": 3}',
            '{"expression": "1/3"}',
        ]

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
        run = studyapp(data, "lint", "--json")

        assert (run.exit_code, json.loads(run.stdout)) == (0, {"complaints": []})

    def test_a_broken_page_is_told_with_its_place_and_ends_with_one(self, data, tmp_path):
        page = tmp_path / "ja" / "area" / "broken.md"
        page.parent.mkdir(parents=True)
        page.write_text(BROKEN, encoding="utf-8")

        run = studyapp(data, "lint", str(page), "--json")

        complaints = json.loads(run.stdout)["complaints"]
        assert run.exit_code == 1
        assert (str(page), 12, 7) in {(one["path"], one["line"], one["column"]) for one in complaints}
        assert all(set(one) == {"path", "line", "column", "code", "severity", "message", "hint"} for one in complaints)

    @pytest.mark.parametrize("command", ["lint", "verify"])
    def test_a_file_that_no_course_holds_is_refused_rather_than_called_sound(self, data, tmp_path, command):
        page = tmp_path / "loose.md"
        page.write_text(BROKEN, encoding="utf-8")

        run = studyapp("--lang", "en", data, command, str(page))

        assert run.exit_code == 2
        assert "ja/area/name.md" in run.stderr

    @pytest.mark.parametrize(("topic", "told"), [("losses/cross-entropy", False), ("losses/cross-entropi", True)])
    def test_a_page_of_ones_own_may_require_the_shipped_topics(self, data, tmp_path, topic, told):
        page = tmp_path / "own" / "ja" / "area" / "page.md"
        page.parent.mkdir(parents=True)
        page.write_text(f"---\nitem: [13]\nrequires: [{topic}]\n---\n# 題\n\n本文。\n", encoding="utf-8")

        run = studyapp("--lang", "en", data, "lint", str(page), "--json")

        found = {one["code"]: one["hint"] for one in json.loads(run.stdout)["complaints"]}
        assert ("unknown-requires" in found) == told
        if told:
            assert "losses/cross-entropy" in found["unknown-requires"]

    def test_verify_gives_a_certificate_an_exercise(self, data):
        page = Path(__file__).parent.parent.parent / "content" / "ja" / "losses" / "squared-error.md"

        run = studyapp(data, "verify", str(page), "--seeds", "3", "--first-seed", "7", "--json")

        certificates = json.loads(run.stdout)["exercises"]
        assert run.exit_code == 0
        assert {one["id"] for one in certificates} >= {"half-sse", "mse-mean"}
        assert all(one["seeds"] == 3 and one["distance"] < 1e-9 for one in certificates)


def test_the_version_is_the_packages():
    assert studyapp("--version").stdout.strip() == f"studyapp {__version__}"


@pytest.mark.parametrize("arguments", [["no-such-command"], ["--no-such-option"], ["topics", "extra"], ["compute"]])
def test_wrong_usage_ends_with_two(arguments):
    assert studyapp(*arguments).exit_code == 2


def test_help_and_topics_import_neither_textual_nor_the_mathematics(tmp_path):
    code = (
        "import sys\nfrom studyapp.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'textual', 'rich', 'numpy', 'sympy', 'mpmath'} & set(sys.modules)), file=sys.stderr)"
    )
    for arguments in (["--help"], ["topics"]):
        for _ in range(2):  # the second time from the library's cache
            run = subprocess.run(
                [sys.executable, "-c", code, f"--data={tmp_path}", *arguments],
                capture_output=True, text=True, encoding="utf-8", check=False,
            )  # fmt: skip
            assert run.stderr.strip() == "[]", run.stderr


class TestCare:
    def answered(self, data: str, seed: int = 1) -> None:
        studyapp(data, "quiz", "losses/cross-entropy", "-n", "2", "--seed", str(seed), given="1\n1\n1\n1\n")

    def test_the_doctor_finds_nothing_where_all_is_well(self, data):
        self.answered(data)
        studyapp(data, "backup")

        run = studyapp(data, "doctor", "--json")

        report = json.loads(run.stdout)
        assert (run.exit_code, report["ok"]) == (0, True)
        assert {check["name"] for check in report["checks"]} == {
            *("folder", "space", "history", "index", "backups", "settings", "content")
        }

    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_the_doctor_says_where_the_data_and_own_pages_are(self, data, language):
        run = studyapp("--lang", language, data, "doctor", "--json")

        message = {check["name"]: check["message"] for check in json.loads(run.stdout)["checks"]}["folder"]
        assert data.removeprefix("--data=") in message
        assert str(Path(data.removeprefix("--data=")) / "content") in message

    def test_the_doctor_names_the_damaged_event_and_a_backup_heals_it(self, data, tmp_path):
        self.answered(data)
        copy = studyapp(data, "backup").stdout.strip()
        log = tmp_path / "data" / "history.jsonl"
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

    def test_salvage_changes_nothing_where_nothing_is_damaged(self, data, tmp_path):
        self.answered(data)
        before = (tmp_path / "data" / "history.jsonl").read_bytes()

        run = studyapp("--lang", "en", data, "doctor", "--salvage")

        assert run.exit_code == 0
        assert "no damage" in run.stdout
        assert (tmp_path / "data" / "history.jsonl").read_bytes() == before
        assert not list((tmp_path / "data" / "backups").glob("damaged-*"))

    def test_salvage_brings_back_what_is_sound_and_names_the_rest(self, data, tmp_path):
        self.answered(data)
        log = tmp_path / "data" / "history.jsonl"
        damaged = log.read_bytes().replace(b"ce-onehot", b"ce-twohot", 1)
        log.write_bytes(damaged)
        assert studyapp(data, "stats").exit_code == 1

        run = studyapp(data, "doctor", "--salvage", "--json")

        report = json.loads(run.stdout)
        assert (run.exit_code, report["ok"], report["salvaged"]["events"]) == (0, True, 1)
        assert [missing["exercise"] for missing in report["salvaged"]["missing"]] == ["ce-twohot"]
        assert json.loads(studyapp(data, "stats", "--json").stdout)["attempts"] == 1
        assert [path.read_bytes() for path in (tmp_path / "data" / "backups").glob("damaged-*")] == [damaged]

    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_what_a_restore_lacks_and_an_import_leaves_out_is_said(self, data, tmp_path, language):
        self.answered(data)
        lines = (tmp_path / "data" / "history.jsonl").read_bytes().splitlines(keepends=True)
        torn = tmp_path / "torn.jsonl"
        torn.write_bytes(b"".join(lines)[:-20])

        restored = studyapp("--lang", language, data, "restore", str(torn))
        taken = studyapp("--lang", language, data, "import", "history", str(torn))

        assert (restored.exit_code, taken.exit_code) == (0, 0)
        assert ("is not in the copy" if language == "en" else "控えにない解答が 1 件") in restored.stdout
        assert ("cut off in the middle" if language == "en" else "途中で切れ") in restored.stdout
        assert ("line 3: cut off" if language == "en" else "3 行目: 途中で切れています") in taken.stderr

    def test_another_machines_history_is_taken_in_once(self, data, tmp_path):
        self.answered(data)
        other = f"--data={tmp_path / 'other'}"
        self.answered(other, seed=5)

        for added in ("2", "0"):
            run = studyapp("--lang", "en", data, "import", "history", str(tmp_path / "other" / "history.jsonl"))
            assert run.stdout.startswith(f"{added} events"), run.stdout + run.stderr

        assert json.loads(studyapp(data, "stats", "--json").stdout)["attempts"] == 4

    def test_restoring_without_a_name_lists_the_backups(self, data):
        self.answered(data)
        copy = studyapp(data, "backup").stdout.strip()

        run = studyapp(data, "restore")

        assert run.exit_code == 2
        assert copy in run.stdout.split()


class TestSearch:
    @pytest.mark.parametrize(
        ("words", "found"), [("外れ値", "losses/huber"), ("Huber", "huber-choice"), ("softmax", "losses/softmax")]
    )
    def test_topics_and_exercises_are_found_in_either_language(self, data, words, found):
        run = studyapp(data, "search", words)

        assert run.exit_code == 0
        assert found in run.stdout

    def test_what_is_nowhere_is_said_and_ends_with_one(self, data):
        plain = studyapp("--lang", "en", data, "search", "zzzzzz", "y")
        listed = studyapp(data, "search", "zzzzzz", "--json")

        assert (plain.exit_code, plain.stdout, plain.stderr) == (1, "", "Nothing was found for “zzzzzz y”.\n")
        assert (listed.exit_code, json.loads(listed.stdout)) == (1, [])

    def test_json_says_where_a_word_is_on_its_page(self, data):
        run = studyapp("--lang", "en", data, "search", "quantile", "loss", "--json")

        hits = json.loads(run.stdout)
        assert run.exit_code == 0
        assert {"losses/huber"} < {hit["topic"] for hit in hits} | {hit.get("exercise") for hit in hits}
        for hit in hits:
            lines = (CONTENT / "en" / f"{hit['topic']}.md").read_text(encoding="utf-8").splitlines()
            assert "exercise" in hit or hit["snippet"][:40] in lines[hit["line"] - 1]
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
        topics = json.loads(studyapp(data, "topics", "--json").stdout)
        (exercises,) = [one["exercises"] for one in topics if one["id"] == "losses/huber"]

        drawn = json.loads(studyapp(data, "question", "losses/huber", "--seed", "4", "--json").stdout)
        alone = json.loads(studyapp(data, "question", exercises[0], "--seed", "4", "--json").stdout)

        assert [(one["exercise"], one["seed"]) for one in drawn] == [(exercise, 4) for exercise in exercises]
        assert drawn[0] == alone

    @pytest.mark.parametrize("command", [["quiz"], ["read"], ["question"], ["export", "html"]], ids="-".join)
    @pytest.mark.parametrize("name", ["hubr", "losses/hubr", "ce-onehott"])
    def test_a_command_takes_what_it_recommends(self, data, tmp_path, monkeypatch, command, name):
        monkeypatch.chdir(tmp_path)
        refused = studyapp("--lang", "en", data, *command, name)
        assert refused.exit_code == 2
        for number, near in enumerate(refused.stderr.partition("Nearest: ")[2].strip().split(", ")):
            target = ["-o", f"{number}.html", "-n", "1"] if command[0] == "export" else []
            assert studyapp(data, *command, near, *target).exit_code == 0, near

    def test_grade_recommends_exercises_only(self, data):
        line = json.dumps({"exercise": "hubr", "seed": 1, "answer": "1"})

        message = json.loads(studyapp("--lang", "en", data, "grade", "--jsonl", given=line).stdout)["message"]

        assert "huber" in message
        assert "/" not in message


class TestExport:
    @pytest.fixture(autouse=True)
    def elsewhere(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)

    @pytest.mark.parametrize(
        ("form", "target"),
        [("html", "studyapp.html"), ("moodle", "studyapp.xml"), ("html", "given.html"), ("history", "out.jsonl")],
    )
    def test_a_file_that_is_there_is_replaced_only_by_force(self, data, tmp_path, form, target):
        studyapp(data, "quiz", "huber", "-n", "1", given="!\n")
        where = [target] if form == "history" else ["huber", "-n", "1"]
        where += ["-o", target] if target == "given.html" else []
        (tmp_path / target).write_text("mine", encoding="utf-8")

        refused = studyapp("--lang", "en", data, "export", form, *where)
        kept = (tmp_path / target).read_text(encoding="utf-8")
        forced = studyapp("--lang", "en", data, "export", form, *where, "--force")

        assert (refused.exit_code, kept) == (1, "mine")
        assert "--force" in refused.stderr
        assert forced.exit_code == 0
        assert forced.stdout.startswith("1 question was" if form != "history" else "1 event was")
        assert (tmp_path / target).read_text(encoding="utf-8") != "mine"

    @pytest.mark.parametrize("form", ["history", "html", "moodle"])
    @pytest.mark.parametrize("target", ["data/history.jsonl", "data/../data/history.jsonl", "link"])
    def test_the_history_itself_is_never_replaced(self, data, tmp_path, form, target):
        studyapp(data, "quiz", "huber", "-n", "1", given="!\n")
        log = tmp_path / "data" / "history.jsonl"
        before = log.read_bytes()
        (tmp_path / "link").symlink_to(log)
        where = [target] if form == "history" else ["huber", "-o", target]

        run = studyapp(data, "export", form, *where, "--force")

        assert run.exit_code == 1
        assert log.read_bytes() == before


class TestLinks:
    @pytest.fixture
    def content(self, tmp_path) -> Path:
        folder = tmp_path / "own" / "ja" / "area"
        folder.mkdir(parents=True)
        (folder / "page.md").write_text("---\nitem: [13]\n---\n# 題\n\n本文。\n", encoding="utf-8")
        for name, target in (("itself.md", "itself.md"), ("one.md", "two.md"), ("two.md", "one.md"), ("folder", "..")):
            (folder / name).symlink_to(target)
        return tmp_path / "own"

    @pytest.mark.parametrize(
        "command",
        [["lint", "."], ["verify", ".", "--seeds", "1"], ["lint", "ja/area/page.md"], ["preview", "ja/area/itself.md"]],
        ids=" ".join,
    )
    def test_links_in_a_circle_are_files_that_cannot_be_read(self, data, content, monkeypatch, command):
        monkeypatch.chdir(content)

        run = studyapp("--lang", "en", data, *command)

        assert isinstance(run.exception, SystemExit | None), run.exception
        assert run.exit_code in {0, 1, 2}

    @pytest.mark.parametrize(
        "command", [["export", "html", "huber", "-n", "1", "-o"], ["new", "exercise", "number", "--page"]]
    )
    def test_a_link_in_a_circle_is_no_target(self, data, content, command):
        run = studyapp("--lang", "en", data, *command, str(content / "ja" / "area" / "itself.md"))

        assert isinstance(run.exception, SystemExit)
        assert run.exit_code in {1, 2}


@pytest.mark.parametrize(("day", "said"), [("2020-01-01", True), ("2026-11-08", False), ("2026-11-07", True)])
def test_an_exam_on_a_day_that_is_past_is_set_with_a_warning(data, day, said):
    run = studyapp("--lang", "en", data, "--now", "2026-11-08T12:00:00+00:00", "config", "exam_date", day)

    assert run.exit_code == 0
    assert run.stdout == f"exam_date = {day}\n"
    assert ("past" in run.stderr) == said


def test_lint_says_that_an_id_is_one_of_the_shipped_course(data, tmp_path):
    page = tmp_path / "own" / "ja" / "x" / "a.md"
    page.parent.mkdir(parents=True)
    text = (
        "---\nitem: [13]\n---\n# 題\n\n本文。\n\n## 問\n\n名前は。\n\n"
        "```yaml key\nid: {id}\nkind: term\naccept: [損失]\n```\n"
    )
    page.write_text(text.format(id="ce-onehot"), encoding="utf-8")
    taken = studyapp(data, "lint", str(page))
    page.write_text(text.format(id="ce-of-my-own"), encoding="utf-8")
    free = studyapp(data, "lint", str(page))

    assert "a.md:13:5: error duplicate-exercise" in taken.stdout
    assert taken.exit_code == 1
    assert "duplicate-exercise" not in free.stdout
    assert free.exit_code == 0
