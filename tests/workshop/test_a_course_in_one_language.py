"""A course of ten pages in English alone: linted, verified, examined and exported as any author would."""

import json
import shutil

import pytest

from tests.docs.blocks import ROOT
from tests.tools.commands import studyapp

PHYSICS = ROOT / "tests" / "fixtures" / "physics"
PAGES = sorted(str(path.relative_to(PHYSICS / "en").with_suffix("")) for path in PHYSICS.glob("en/*/*.md"))


@pytest.fixture(scope="module")
def added(tmp_path_factory, course_index):
    folder = tmp_path_factory.mktemp("data")
    shutil.copytree(course_index, folder / "cache")
    assert studyapp(folder, "course", "add", str(PHYSICS)).exit_code == 0
    return folder


@pytest.mark.parametrize("language", ["en", "ja"])
def test_lint_has_nothing_to_say(data, language):
    run = studyapp(data, f"--lang={language}", "lint", str(PHYSICS))
    assert (run.exit_code, len(run.stdout.splitlines())) == (0, 1)


def test_verify_has_nothing_to_say(data):
    run = studyapp(data, "verify", str(PHYSICS), "--seeds", "8")
    complaints = [line for line in run.stdout.splitlines() if ": error" in line]
    assert (run.exit_code, complaints) == (0, [])


def test_its_exam_asks_about_every_area(added):
    drawn = json.loads(studyapp(added, "--course=physics", "exam", "--draw", "--seed=3", "--json").stdout)
    areas = [item["topic"].partition("/")[0] for item in drawn["items"]]
    assert len(areas) == 12
    assert set(areas) == {"motion", "forces", "energy", "electricity"}
    assert all(2 <= areas.count(area) <= 4 for area in areas)


@pytest.mark.parametrize("form", ["html", "moodle", "pages"])
def test_it_is_exported_with_figures_and_images(added, tmp_path, form):
    target = tmp_path / "out"
    run = studyapp(added, "--course=physics", "export", form, *PAGES, "-o", str(target))
    assert run.exit_code == 0, run.output
    files = sorted(target.iterdir()) if target.is_dir() else [target]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    assert all(word in text for word in ("a source U and a resistor R in one loop", "Current over voltage"))
    assert "data:image/svg+xml" in text or 'encoding="base64"' in text
    if form == "pages":
        assert len(files) == len(PAGES) + 1


def test_new_pages_of_it_are_in_its_language_alone_and_pass_every_check(data, tmp_path):
    (tmp_path / "course.yaml").write_text("title: {en: Mine}\nlanguages: [en]\n", encoding="utf-8")
    run = studyapp(data, "new", "topic", "heat/gas", "--into", str(tmp_path))
    page = tmp_path / "en" / "heat" / "gas.md"
    assert run.stdout.split() == [str(page)]
    run = studyapp(data, "new", "exercise", "number", "--id", "second", "--page", str(page))
    assert run.stdout.split() == [str(page)]
    assert not (tmp_path / "ja").exists()
    assert studyapp(data, "lint", str(tmp_path)).stdout == "No complaints.\n"
    assert studyapp(data, "verify", str(tmp_path), "--seeds", "10").exit_code == 0
