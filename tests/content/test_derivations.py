"""The drawn derivations of the course teach what its rows promise, and can be answered line by line."""

import json

import pytest
from click.testing import CliRunner

from studyapp.cli import program
from studyapp.cli.context import language_from
from studyapp.domain.text import set_language

EXERCISES = (
    *("delta-out", "delta-out-factors", "grad-w", "delta-hidden", "grad-b"),
    *("branch-sum", "delta-two-one-one", "backprop-full", "backprop-step", "delta-hidden-factors", "delta-deep"),
    *("delta-deep-numbers", "delta-relu", "delta-deep-relu", "delta-deep-mixed"),
)


def studyapp(*arguments: str, given: str = ""):
    set_language(language_from(arguments))
    return CliRunner().invoke(program, [*arguments], input=given, prog_name="studyapp")


def drawn(exercise: str, seed: int, count: int = 1) -> list[dict]:
    return json.loads(
        studyapp("question", exercise, "--seed", str(seed), "--count", str(count), "--with-key", "--json").stdout
    )


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_derivation_carries_its_network_and_its_steps(exercise: str):
    for question in drawn(exercise, 0, 3):
        assert set(question["network"]) == {"layers", "activations", "loss", "bias", "numbers"}
        assert len(question["network"]["activations"]) == len(question["network"]["layers"]) - 1
        assert all({"ask", "target", "answer", "skill"} <= step.keys() for step in question["steps"])
        assert question["answer"].splitlines() == [step["answer"] for step in question["steps"]]
        assert all(step["ask"] in question["prompt"] for step in question["steps"])


def test_without_the_key_nothing_is_given_away():
    question = json.loads(studyapp("question", "grad-b", "--json").stdout)
    assert not {"steps", "key", "answer", "mistakes"} & question.keys()
    assert "network" in question


def test_a_quiz_asks_for_each_step_and_saves_one_attempt_for_each_question(data):
    topics = json.loads(studyapp("topics", "--json").stdout)
    exercises = next(topic["exercises"] for topic in topics if topic["id"] == "backprop/delta")
    answers = "\n".join(drawn(one, seed)[0]["answer"] for seed, one in enumerate(exercises))
    run = studyapp(f"--data={data}", "--lang=en", "quiz", "backprop/delta", "--seed", "0", given=answers + "\n")
    assert run.exit_code == 0, run.output
    verdicts = [line.split()[0] for line in run.output.splitlines() if line.split()[:1] in (["correct"], ["wrong"])]
    assert verdicts == ["correct"] * len(answers.splitlines())
    events = map(json.loads, (data / "history.jsonl").read_text(encoding="utf-8").splitlines())
    bodies = [event["body"] for event in events if event["kind"] == "attempt"]
    assert [body["exercise"] for body in bodies] == exercises
    assert sum(len(body["parts"]) for body in bodies) == len(answers.splitlines())


ALONE = """---
item: [15]
---
# 題

本文。

## 見出し

順に答えよ。

```yaml key
id: alone
kind: derivation
network:
  layers: [2, 1, 1]
  hidden: [sigmoid]
  output:
    - sigmoid, binary_cross_entropy
steps:
  - target: dE/du2_1
    skill: alone-out
  - target: dE/du1_1
    skill: alone-hidden
  - target: dE/db1_1
    skill: alone-gradient
  - target: dE/dw1_1_1
    skill: alone-gradient
```
"""


def test_four_steps_with_one_carried_and_one_shown_leave_four_parts(data):
    page = data / "pages" / "ja" / "area" / "alone.md"
    page.parent.mkdir(parents=True)
    page.write_text(ALONE, encoding="utf-8")
    given = "t_1 - y_1\n(t_1 - y_1)*w2_1_1*z1_1*(1 - z1_1)\n!\ndelta1_1*x_1\n"

    run = studyapp(f"--data={data}", f"--content={data / 'pages'}", "--lang=en", "quiz", "area/alone", given=given)

    assert run.exit_code == 0, run.output
    said = [line for line in run.output.splitlines() if line.split()[:1] in (["correct"], ["wrong"])]
    assert [line.split()[0] for line in said] == ["wrong", "correct", "wrong", "correct"]
    assert said[0].startswith("wrong 符号が逆。")
    assert said[1] == "correct Right, given what you found in step 1."
    (event,) = map(json.loads, (data / "history.jsonl").read_text(encoding="utf-8").splitlines()[-1:])
    assert [(part["skill"], part["verdict"], part["help"]) for part in event["body"]["parts"]] == [
        ("alone-out", "wrong", "none"),
        ("alone-hidden", "correct", "none"),
        ("alone-gradient", "wrong", "shown"),
        ("alone-gradient", "correct", "none"),
    ]


@pytest.mark.parametrize("step", [-1, 99, "0", True, 1.5])
def test_a_step_that_there_is_not_is_told(step: object):
    request = {"exercise": "grad-w", "seed": 1, "answer": "x_1", "step": step, "steps": []}
    reply = json.loads(studyapp("--lang=en", "grade", "--jsonl", given=json.dumps(request)).output)
    assert reply["verdict"] == "unreadable"


def test_the_two_one_one_sigmoid_net_can_be_drawn():
    networks = [question["network"] for question in drawn("delta-two-one-one", 0, 40)]
    assert {tuple(network["layers"]) for network in networks} == {(2, 1, 1)}
    assert (["sigmoid", "sigmoid"], "half_sse") in [(network["activations"], network["loss"]) for network in networks]
