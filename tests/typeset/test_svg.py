"""Pictures for elsewhere are XML that another reader takes, and what they show lies where it belongs."""

import math
import re
from xml.etree import ElementTree as ET

import pytest

from studyapp.domain.document import Part
from studyapp.domain.place import Place
from studyapp.typeset import svg

SVG = "{http://www.w3.org/2000/svg}"


def read(text: str) -> ET.Element:
    root = ET.fromstring(text)
    assert root.tag == f"{SVG}svg"
    return root


def frame(root: ET.Element) -> tuple[float, float]:
    """Width and height of what lies within the axes."""
    rect = root.find(f".//{SVG}g/{SVG}rect")
    return float(rect.get("width")), float(rect.get("height"))


def places(path: ET.Element) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", path.get("d"))]


def curves(root: ET.Element) -> list[ET.Element]:
    return [path for path in root.findall(f"{SVG}svg/{SVG}path") if path.get("stroke-width") == "2"]


def test_a_curve_goes_through_its_points():
    root = read(svg.chart([svg.Curve("", [(0, 0), (1, 1), (2, 4)])], (0, 2), (0, 4)))
    width, height = frame(root)
    (path,) = curves(root)
    expected = [(0, height), (width / 2, height * 3 / 4), (width, 0)]
    for place, right in zip(places(path), expected, strict=True):
        assert place == pytest.approx(right, abs=0.1)


@pytest.mark.parametrize("gap", [None, math.nan, math.inf])
def test_a_point_without_a_height_parts_its_curve(gap):
    root = read(svg.chart([svg.Curve("", [(0, 0), (1, 1), (2, gap), (3, 1), (4, 0)])], (0, 4)))
    assert curves(root)[0].get("d").count("M") == 2
    assert len(places(curves(root)[0])) == 4


def test_heights_far_outside_are_brought_near():
    root = read(svg.chart([svg.Curve("", [(0, -1e300), (1, 1e300)])], (0, 1), (0, 1)))
    assert all(abs(y) < 10_000 for _, y in places(curves(root)[0]))


@pytest.mark.parametrize("points", [[], [(0, None)], [(0, 1.0), (1, 1.0)]])
def test_what_has_no_height_or_only_one_has_axes_all_the_same(points):
    assert read(svg.chart([svg.Curve("a", points)], (0, 1))).findall(f"{SVG}text")


def test_titles_and_labels_are_text_and_those_with_a_label_are_in_the_legend():
    root = read(svg.chart([svg.Curve("<b> & δ", [(0, 0.0)]), svg.Curve("", [(0, 1.0)])], (0, 1), title="a < b"))
    assert root.findtext(f"{SVG}title") == "a < b"
    assert [text.text for text in root.findall(f"{SVG}text") if text.get("text-anchor") == "start"] == ["<b> & δ"]


def test_a_long_legend_goes_on_in_further_rows_within_the_picture():
    root = read(svg.chart([svg.Curve(f"曲線その {n}", [(0, float(n))]) for n in range(9)], (0, 1)))
    height = float(root.get("viewBox").split()[3])
    items = [text for text in root.findall(f"{SVG}text") if text.get("text-anchor") == "start"]
    assert len(items) == 9
    assert all(float(text.get("y")) < height for text in items)
    assert len({text.get("y") for text in items}) > 1


def test_bands_cover_the_plane_and_are_darker_where_it_is_high():
    root = read(
        svg.contours([[0.0, 0.0, 9.0], [0.0, None, 9.0]], (0, 3), (0, 2), [svg.Curve("η", [(0, 0)], dots=True)])
    )
    width, _ = frame(root)
    bands = root.find(f"{SVG}svg").findall(f"{SVG}rect")
    assert [rect.get("fill") for rect in bands[:2]] == [svg.SHADES[0], svg.SHADES[-1]]
    assert sum(float(rect.get("width")) for rect in bands[:2]) == pytest.approx(width, abs=1)
    assert len(root.findall(f".//{SVG}circle")) == 1


def test_a_network_has_every_unit_and_edge_with_its_name_and_numbers():
    layers = [[svg.Unit("x₁", ("0.5",)), svg.Unit("x₂")], [svg.Unit("y₁", ("1.0", "δ 2.0"))]]
    root = read(svg.network(layers, {(1, 1, 1): "w₁₁", (1, 1, 2): "w₁₂"}))
    assert len(root.findall(f"{SVG}circle")) == 3
    assert len(root.findall(f"{SVG}path")) == 2
    assert {text.text for text in root.findall(f"{SVG}text")} == {
        *("x₁", "x₂", "y₁", "0.5", "1.0", "δ 2.0", "w₁₁", "w₁₂")
    }
    width, height = map(float, root.get("viewBox").split()[2:])
    assert all(
        0 < float(text.get("x")) < width and 0 < float(text.get("y")) < height for text in root.findall(f"{SVG}text")
    )


def test_every_group_of_points_has_another_sign_and_no_line():
    groups = [svg.Curve(f"g{number}", [(number, 1.0), (number, None)], sign=number) for number in range(8)]
    root = read(svg.chart(groups, (0, 8), (0, 2)))
    signs = root.findall(f"{SVG}svg/{SVG}path")
    assert len(signs) == 8
    assert len({(path.get("d").lstrip("M0123456789.- "), path.get("fill") == "#fff") for path in signs}) == 8
    assert not curves(root)


def test_a_grid_has_a_cell_for_each_number_and_a_frame_for_each_that_is_picked_out():
    part = Part("g", "", Place("p"), picked="w", shaded=True, rows=("a",), columns=("b", "c"))
    root = read(svg.grids([(part, ((1.0, None), (2.5, -1.0)), ((0.0, 1.0, 2.0, 1.0),))], title="t"))
    rects = root.findall(f"{SVG}rect")
    assert len([rect for rect in rects if rect.get("fill") == "none"]) == 2
    assert len({rect.get("fill") for rect in rects}) == 4
    assert [text.text or "" for text in root.findall(f"{SVG}text")] == ["g", "b", "c", "a", "1.0", "", "2.5", "−1.0"]


def test_an_area_goes_from_zero_along_its_points_and_back():
    root = read(svg.chart([svg.Curve("", [(0, 1), (2, 1)])], (0, 2), (0, 2), areas=[[(0.0, 1.0), (1.0, 1.0)]]))
    width, height = frame(root)
    (area,) = [path for path in root.findall(f"{SVG}svg/{SVG}path") if path.get("fill-opacity")]
    expected = [(0, height), (0, height / 2), (width / 2, height / 2), (width / 2, height)]
    assert [place == pytest.approx(right, abs=0.1) for place, right in zip(places(area), expected, strict=True)]


def test_a_dendrogram_has_a_bracket_for_each_join_from_where_its_branches_begin():
    part = Part("d", "", Place("p"), rows=("A", "B", "C"))
    root = read(svg.joins([(part, ((0.0, 2.0, 1.0), (3.0, 1.0, 2.0)), ((1.5,),))]))
    first, second, cut = [path for path in root.findall(f"{SVG}path") if path.get("stroke-width") == "2"]
    assert cut.get("stroke-dasharray")
    turns = [re.findall(r"[-\d.]+", path.get("d")) for path in (first, second)]
    assert turns[1][0] == turns[0][2]  # the second begins where the first ends
    assert [text.text for text in root.findall(f"{SVG}text")][1:4] == ["A", "C", "B"]


def test_a_tree_has_a_line_to_each_node_that_lies_under_another():
    nodes = [Part("all", "", Place("p"), columns=("n",)), Part("left", "", Place("p"), under="all")]
    root = read(svg.tree([(part, ((number,),), ()) for part, number in zip(nodes, (4.0, 1.5), strict=True)]))
    assert len(root.findall(f"{SVG}path")) == 1
    assert [text.text for text in root.iter(f"{SVG}text")] == ["n", "all", "4.0", "left", "1.5"]
