"""Figures as lines: every kind is drawn, described in words, bounded, and plain where only ASCII can be shown."""

import pytest

from studyapp.domain.document import figures_in
from studyapp.domain.text import set_language
from studyapp.kernel.messages import decode, encode
from studyapp.kernel.requests import DescentPath, TrainingScores
from studyapp.kernel.service import Service
from studyapp.pages.blocks import read_blocks
from studyapp.study.figures import View, figure_lines, last_point, requests_for
from studyapp.typeset.document import plain_text
from studyapp.typeset.width import cells

KINDS = {
    "curves": "curves:\n  square: r**2\n  cut: huber(r, 0, delta=delta)\n"
    "over: {r: -3..3}\nparameter: {delta: [0.5, 2]}",
    "descent": "curves:\n  - w**2\nover: {w: -4..4}\ndescent: {start: -3, rates: [0.25, 1.5], steps: 8}",
    "surface": "curves:\n  - a**2 + 4 * b**2\nover: {a: -2..2, b: -1..1}\n"
    "descent: {start: [1.5, 0.5], rates: [0.05, 9], steps: 8}",
    "training": "training: {hidden: [8], rate: 0.1, batches: [64, 128], epochs: 2}",
    "points": "let:\n  X: ((1, 2), (2, 1), (6, 5), (8, 6))\n  m: mean(X, axis=0)\npoints:\n  near: X\n  far:\n"
    "    values: X\n    only: X[:, 0] > k\n    joined: true\ncurves:\n  line: m[1] + 0.7 * (x - m[0])\n"
    "over: {x: 0..10}\nspan: 0..8\nparameter: {k: [1, 5]}",
    "regions": "points:\n  one: ((1, 1), (4, 4))\n  other: (1, 4)\ncurves:\n  - x + y > k\n"
    "over: {x: 0..5, y: 0..5}\nparameter: {k: [4, 6]}",
    "area": "curves:\n  - exp(-z**2 / 2) / sqrt(2 * pi)\nover: {z: -4..4}\nspan: 0..0.5\n"
    "let:\n  b: m + 0\narea: (-b, m)\nparameter: {m: [1, 1.96]}",
    "joins": "let:\n  x: (1, 2, 5)\njoins:\n  single:\n    values: ((1, 0, x[1] - x[0]), (3, 2, x[2] - x[1]))\n"
    "    cut: c\n    rows: [A, B]\nparameter: {c: [0.5, 2]}",
    "tree": "tree:\n  all:\n    values: (4, 4, 0.5)\n    columns: [yes, no, Gini]\n"
    "  x < 3:\n    values: (3, 0, 0) / (d > 0)\n    under: all\n    lit: d > 0\n"
    "  x > 3:\n    values: (1, 4, 0.32) / (d > 0)\n    under: all\nparameter: {d: [0, 1]}",
    "grid": "let:\n  X: ((1, 2, 0), (3, 1, 4), (2, 5, 1))\ngrid:\n  input:\n    values: X\n    lit: (i, 0, 2, 2)\n"
    "    shaded: true\n    rows: [a, b, c]\n    columns: [p, q, r]\n"
    "  output: conv2d(X, ((1, -1), (0, 2))) / (reshape(range(4), 2, 2) <= 2 * i)\nparameter: {i: [0, 1]}",
    "heat map": "grid:\n  map:\n    values: sin(outer(range(4), range(30)) / 10)\n    lit: (0, 1, 2, 2)",
    "network": "network:\n  layers: [1, 2, 1]\n  hidden: [relu]\n  output:\n    - identity, half_sse\n"
    "numbers: {x_1: 2, w1_1_1: 0.5, w1_2_1: -1, w2_1_1: 3, w2_1_2: 1, t_1: 1}",
}
SERVICE = Service()
SEEN = View()


def figure(text):
    (found,) = figures_in(read_blocks(f"```yaml figure\n{text}\n```"))
    return found


def replies(shown, choice=0, *, slopes=False):
    return [SERVICE.answer(request) for request in requests_for(shown, choice, slopes=slopes)]


def text(shown, view=SEEN, language="en", width=80, **options):
    set_language(language)
    known = replies(shown, view.choice, slopes=view.at is not None)
    return plain_text(figure_lines(shown, view, known, width, **options))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_figure_looks_as_it_did(kind, language, snapshot):
    shown = figure(KINDS[kind])
    assert text(shown, language=language, described=True).split("\n") == snapshot


@pytest.mark.parametrize("choice", [0, -1])
@pytest.mark.parametrize("width", [16, 40, 80, 120])
@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_is_never_wider_than_its_room(kind, width, choice):
    for at in (None, 0, 3):
        lines = text(figure(KINDS[kind]), View(choice, at), width=width, described=True).split("\n")
        assert max(cells(line) for line in lines) <= width


@pytest.mark.parametrize("kind", KINDS)
def test_where_only_ascii_can_be_shown_a_figure_is_ascii(kind):
    assert text(figure(KINDS[kind]), described=True, ascii_only=True).isascii()
    if len(figure(KINDS[kind]).choices) > 1:
        assert text(figure(KINDS[kind]), View(1, 2), ascii_only=True).isascii()


@pytest.mark.parametrize("kind", ["curves", "descent", "surface", "points", "regions", "area", "network"])
def test_a_figure_keeps_its_room_until_its_numbers_are_there(kind):
    shown = figure(KINDS[kind])
    empty = figure_lines(shown, View(), (), 80)
    assert len(empty) == len(figure_lines(shown, View(), replies(shown), 80))


def test_curves_are_told_apart_without_colour():
    shown = text(figure(KINDS["curves"]))
    square, cut = (part.split()[0] for part in shown.split("\n")[-2].split("   "))
    assert square != cut
    plain = text(figure(KINDS["curves"]), ascii_only=True)
    assert "---- square   oooo cut" in plain
    assert "o" in plain.split("----")[0]


def test_the_point_tells_value_and_slope():
    shown = figure(KINDS["curves"])
    known = replies(shown, 1, slopes=True)
    last = last_point(shown, known)
    said = text(shown, View(1, last)).replace("\n", " ")
    assert "r = 3, square is 9 (slope 6), cut is 4 (slope 2)" in said
    assert "delta" not in text(shown, View(1, last)).replace("δ", "")


def test_a_parameter_changes_the_curve_and_says_which_value_is_on():
    shown = figure(KINDS["curves"])
    assert "δ = 0.5 (1 of 2)" in text(shown)
    assert "δ = 2 (2 of 2)" in text(shown, View(1))
    assert replies(shown, 0)[0].curves[0] == replies(shown, 1)[0].curves[0]
    assert replies(shown, 0)[0].curves[1] != replies(shown, 1)[0].curves[1]


def test_the_steps_of_a_descent_are_those_of_the_update():
    shown = figure(KINDS["descent"])
    _, descended = replies(shown)
    assert [place for place, _ in descended.path] == [-3 * 0.5**step for step in range(9)]
    assert "step 2: w = −0.75, value 0.5625" in text(shown, View(0, 2))


@pytest.mark.parametrize("kind", ["descent", "surface"])
def test_a_rate_that_is_too_large_is_said_to_diverge_and_the_right_one_is_not(kind):
    shown = figure(KINDS[kind])
    assert "diverges" in text(shown, View(1), described=True).replace("\n", " ")
    assert "diverges" not in text(shown, View(0), described=True).replace("\n", " ")


def test_a_path_is_drawn_up_to_the_step_that_is_on():
    shown = figure(KINDS["descent"])
    assert text(shown, View(0, 0)).count("○") == 0
    assert text(shown, View(0, 2)).count("○") == 2


@pytest.mark.parametrize(
    "hostile",
    [
        "curves:\n  - exp(exp(w))\nover: {w: -1..999}\ndescent: {start: 5, rates: [999999], steps: 60}",
        "curves:\n  - 1 / w\nover: {w: -1..1}\ndescent: {start: 0, rates: [1], steps: 60}",
        "curves:\n  - log(w)\nover: {w: -2..2}\ndescent: {start: -1, rates: [1], steps: 60}",
        "curves:\n  - log(a * b)\nover: {a: -2..2, b: -2..2}\ndescent: {start: [0, 0], rates: [1], steps: 60}",
        "curves:\n  - 1 / 0\nover: {a: -2..2, b: -2..2}",
        "curves:\n  - w\nover: {w: 0..999999}\nspan: 999998..999999",
    ],
)
def test_exploding_numbers_stay_within_the_figure(hostile):
    shown = figure(hostile)
    for at in (None, 0, 60, 128):
        known = replies(shown, slopes=True)
        on = None if at is None else min(at, last_point(shown, known))
        lines = text(shown, View(0, on), described=True).split("\n")
        assert len(lines) < 30
        assert max(cells(line) for line in lines) <= 80
    path = [one for reply in replies(shown) if isinstance(reply, DescentPath) for one in reply.path]
    assert all(abs(number) <= 1e9 for step in path for number in step)


def test_a_training_run_that_diverges_ends_and_says_so():
    shown = figure("training: {hidden: [8, 8, 8], rate: 999999, batches: [4], epochs: 3}")
    runs = replies(shown)
    set_language("en")
    ended = next((run for run in runs if not run.scores), None)
    assert ended is None or "diverged" in plain_text(figure_lines(shown, View(), [ended], 80))
    assert "diverged" in plain_text(figure_lines(shown, View(), [TrainingScores(1, ())], 80))
    assert "diverged" not in text(figure(KINDS["training"]))


def test_a_run_asked_again_gives_the_same_numbers_and_goes_on_where_it_was():
    shown = figure(KINDS["training"])
    first, other, again = replies(shown, 0), replies(shown, 1), replies(shown, 0)
    assert first == again != other
    assert first[-1].scores[0] < first[0].scores[0]


@pytest.mark.parametrize("kind", KINDS)
def test_requests_and_replies_pass_the_pipe_unchanged(kind):
    for request in requests_for(figure(KINDS[kind]), -1, slopes=True):
        assert decode(encode(request)) == request
        reply = SERVICE.answer(request)
        assert decode(encode(reply)) == reply


def test_slopes_are_left_out_where_there_is_no_derivative():
    (plotted,) = replies(figure("curves:\n  - argmax((x, 0))\nover: {x: -1..1}"), slopes=True)
    assert all(slope in (None, 0) for _, slope in plotted.slopes[0])


def test_a_network_is_gone_through_layer_by_layer_forward_and_back():
    shown = figure(KINDS["network"])

    seen = [text(shown, View(stop)) for stop in range(5)]
    assert len(shown.choices) == 5
    assert all(shown in seen[0] for shown in ("1.0000", "3.0000", "δ 2.0000", "δ 6.0000", "δ 0.0000"))
    assert "3.0000" not in seen[1]
    assert "δ" not in seen[2].replace("δ of", "")
    assert "Backward: δ of layer 2  3/4" in seen[3]
    assert "δ 6.0000" not in seen[3]
    assert "δ 6.0000" in seen[4]


def test_without_targets_a_network_is_gone_through_forward_alone():
    assert len(figure(KINDS["network"].replace(", t_1: 1", "")).choices) == 3


def test_the_points_of_a_group_that_its_condition_leaves_are_shown():
    shown = figure(KINDS["points"])
    assert [shown.groups(replies(shown, choice)[0].matrices)[1] for choice in (0, 1)] == [
        [(2.0, 1.0), (6.0, 5.0), (8.0, 6.0)],
        [(6.0, 5.0), (8.0, 6.0)],
    ]
    assert "far: (6, 5), (8, 6)" in text(shown, View(1), described=True)


def test_a_condition_over_two_variables_parts_the_plane():
    rows = text(figure(KINDS["regions"])).split("\n")[:13]
    picture = [row.split("|")[-1].split("+")[-1] for row in rows]
    assert picture[0].count(".") > picture[6].count(".") > picture[-1].count(".") > 0


def test_a_window_goes_over_a_grid_and_what_is_not_computed_yet_stays_empty():
    assert "a [1 ][2░] 0      ·  ·" in text(figure(KINDS["grid"]))
    second = text(figure(KINDS["grid"]), View(1), described=True)
    assert "c [2░][5█] 1" in second
    assert "input: (1 2 0), (3 1 4), (2 5 1) (rows 2 to 3, columns 1 to 2)" in second.replace("\n", " ")


def test_a_grid_without_room_for_its_numbers_has_shades_and_shows_what_fits():
    rows = text(figure(KINDS["heat map"]), width=40).split("\n")
    assert rows[1] == "▒▒[][]" + "▒▒" * 17
    assert cells(rows[4]) == 40
    said = text(figure(KINDS["heat map"]), described=True)
    assert "map: 4 rows and 30 columns, least −0.9962, greatest 0.9996" in said.replace("\n", " ")


def test_an_area_is_between_its_bounds_and_its_size_is_told():
    shown = figure(KINDS["area"])
    assert "area from z = −1 to 1: 0.6827" in text(shown)
    assert "area from z = −1.96 to 1.96: 0.95" in text(shown, View(1))
    assert text(shown, View(1), ascii_only=True).count(":") > text(shown, ascii_only=True).count(":") > 50


def test_a_cut_goes_over_a_dendrogram_whose_leaves_stand_as_they_are_joined():
    rows = text(figure(KINDS["joins"]), View(1), described=True).split("\n")
    assert [row.split("│")[0].strip() for row in rows[1:4]] == ["B", "A", "3"]
    assert all("┆" in row for row in rows[1:4])
    assert rows[1].index("┬") < rows[1].index("┆") < rows[1].index("┐")
    assert "single: B + A (1), B A + 3 (3)" in rows


def test_a_tree_grows_by_the_nodes_whose_numbers_are_finite():
    assert "x < 3" not in text(figure(KINDS["tree"]))
    assert text(figure(KINDS["tree"]), View(1)).split("\n")[:4] == [
        "           yes    no  Gini",
        "all          4     4  0.50",
        "├─ x < 3     3     0  0.00",
        "└─ x > 3     1     4  0.32",
    ]
