"""The page's form: well-formed, all in one file, escaped, and fit for a screen reader."""

import base64
import hashlib
import itertools
import re
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.batch.gradebook import Basis, Cell, Column, Gradebook, Row
from grader.batch.handin import Learner, Odd
from grader.export.page.report_page import ReportPage, report_page
from tests.export.classroom import classroom
from tests.export.page_reader import PageReader

HOSTILE = (
    "<script>alert(1)</script>",
    "\u202eevil\u2066 name\r\nwith lines\x00\x1b[31m",
    '" onmouseover="alert(1)',
    "</title></style><img src=x onerror=alert(1)>",
    "$\\frac{1}{2}$ &lt;b&gt; \ud800",
)
STYLE = files("grader.export.page").joinpath("style.css").read_text(encoding="utf-8")


def page_of(gradebook: Gradebook) -> str:
    """Make the page."""
    page = ReportPage(gradebook)
    for row in gradebook.rows():
        page.take(row)
    return page.finish()


CLASSES = {
    "nobody": (0, 2),
    "one": (1, 1),
    "a few": (5, 3),
    "a class": (60, 6),
    "a large class": (300, 4),
    "one item": (230, 1),
}


@pytest.fixture(scope="module", params=CLASSES)
def shown(request: pytest.FixtureRequest) -> str:
    """The page of a class whose first learners have hostile names."""
    learners, items = CLASSES[request.param]
    return page_of(classroom(learners, items, names=HOSTILE[:learners]))


def test_every_tag_is_closed_where_it_was_opened(shown: str) -> None:
    assert PageReader(shown).faults == []


def test_ids_are_unique_and_what_refers_to_one_finds_it(shown: str) -> None:
    page = PageReader(shown)
    assert len(page.ids) == len(set(page.ids))
    for _, given_ in page.attributes:
        named = given_.get("aria-labelledby", "").split()
        named += [given_["href"][1:]] if given_.get("href", "").startswith("#") else []
        assert set(named) <= set(page.ids)


def test_nothing_is_loaded_from_anywhere_and_nothing_runs(shown: str) -> None:
    page = PageReader(shown)
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "base", "use"} & set(page.tags)
    for _, given_ in page.attributes:
        assert given_.get("href", "#").startswith("#")
        assert not {
            name for name in given_ if name.startswith("on") or name in {"src", "style", "xlink:href"}
        }
    # In the style too; a hash in the policy may well hold two slashes.
    assert not re.search(r"""https?:|["'(]//|@import|url\((?!#)""", shown)


def test_the_policy_allows_the_pages_own_style_alone(shown: str) -> None:
    policy = next(tag["content"] for tag in PageReader(shown).of("meta") if "http-equiv" in tag)
    style = shown.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_the_page_tells_its_language_and_has_landmarks_and_a_skip_link(shown: str) -> None:
    page = PageReader(shown)
    assert page.of("html") == [{"lang": "en"}]
    assert {tag: page.tags.count(tag) for tag in ("header", "nav", "main", "footer", "h1", "title")} | {
        "title": 1
    } == dict.fromkeys(("header", "nav", "main", "footer", "h1", "title"), 1)
    assert page.of("a")[0]["href"] == "#" + page.of("main")[0]["id"]


def test_headings_come_in_order_and_none_is_empty(shown: str) -> None:
    headings = PageReader(shown).headings
    assert headings[0][0] == 1
    assert all(words for _, words in headings)
    levels = [level for level, _ in headings]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_drawing_has_a_role_and_a_title(shown: str) -> None:
    page = PageReader(shown)
    drawings = re.findall(r"<svg ([^>]*)>\s*<title[^>]*>([^<]+)</title>", shown)
    assert len(drawings) == page.tags.count("svg")
    assert all('role="img"' in given_ or 'aria-hidden="true"' in given_ for given_, _ in drawings)


def test_every_table_has_a_caption_and_headings_with_a_scope(shown: str) -> None:
    page = PageReader(shown)
    assert page.tags.count("table") == page.tags.count("caption")
    assert all(heading.get("scope") in {"row", "col"} for heading in page.of("th"))
    frames = [given_ for given_ in page.of("div") if given_.get("class") == "frame"]
    assert all(frame["tabindex"] == "0" and frame["aria-label"] for frame in frames)


def test_hostile_names_are_shown_and_do_nothing() -> None:
    page = PageReader(page_of(classroom(5, 2, names=HOSTILE)))
    assert page.faults == []
    assert "<script>alert(1)</script>" in page.text
    assert "\\u202eevil\\u2066 name\\r\\nwith lines\\x00\\x1b[31m" in page.text
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b\ud800]", page.text)


def tiny(learner: Learner, reason: str, origin: str) -> Gradebook:
    """A gradebook in which strangers chose most of the words."""
    cell = Cell(
        learner.id, "exercise-01", 1, 2, Basis.OVERRIDE, reason, origin=origin, cpu_s=1.0, peak_mb=30.0
    )
    return Gradebook(
        (Column("exercise-01", "Doubling", 2),), 1, lambda: iter([Row(learner, (cell,), {})]),
        (Odd(origin, reason, "no-item"),), (reason,), (("course", reason),),
    )  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1), st.text(), st.text(min_size=1))
def test_whatever_strangers_write_the_page_has_the_same_elements(name: str, reason: str, origin: str) -> None:
    plain = PageReader(page_of(tiny(Learner("id", "name"), "reason", "origin")))
    strange = PageReader(page_of(tiny(Learner("an id", name), reason + ".", origin)))
    assert strange.faults == []
    assert strange.tags == plain.tags if name != "an id" else True


def test_mathematics_in_titles_and_messages_is_written_in_unicode() -> None:
    text = PageReader(page_of(classroom(60))).text
    assert "$" not in text
    assert "log pᵢ of unlikely entries" in text
    assert "but e⁰ is 1" in text


def test_the_same_gradebook_gives_the_same_page() -> None:
    assert page_of(classroom(40, 2)) == page_of(classroom(40, 2))


def test_the_page_is_an_output_like_the_others() -> None:
    gradebook = classroom(25, 2)
    format_ = report_page(gradebook)
    written = format_.head + b"".join(format_.row(row) for row in gradebook.rows()) + format_.tail()
    assert format_.name == "report.html"
    assert written.decode() == page_of(gradebook)
    assert b"\r" not in written


def test_a_page_without_a_course_still_has_a_title() -> None:
    assert PageReader(page_of(replace(classroom(3), about=()))).headings[0] == (1, "Gradebook")


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def palettes() -> list[dict[str, str]]:
    """The colours of the light and of the dark page."""
    found = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    ]
    assert len(found) == 2
    return found


@pytest.mark.parametrize("colours", palettes(), ids=["light", "dark"])
def test_text_has_a_contrast_of_4_5_on_what_it_stands_on(colours: dict[str, str]) -> None:
    pairs = [(ink, ground) for ink in ("ink", "soft", "link", "alarm") for ground in ("paper", "ground")] + [
        (f"t{shade}", f"s{shade}") for shade in range(10)
    ]
    assert [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5] == []


@pytest.mark.parametrize("colours", palettes(), ids=["light", "dark"])
def test_the_shades_of_the_heat_map_are_told_apart_by_lightness_alone(colours: dict[str, str]) -> None:
    lightness = [luminance(colours[f"s{shade}"]) for shade in range(10)]
    steps = [max(a, b) / min(a, b) for a, b in itertools.pairwise(lightness)]
    assert lightness in (sorted(lightness), sorted(lightness, reverse=True))
    assert min(steps) > 1.08


@pytest.mark.parametrize("colours", palettes(), ids=["light", "dark"])
def test_neighbours_in_a_stacked_bar_differ_in_lightness(colours: dict[str, str]) -> None:
    """What is missing is hatched, so it needs no shade of its own."""
    order = ["passed", "failed", "error", "timeout"]
    assert [
        pair for pair in itertools.pairwise(order) if contrast(colours[pair[0]], colours[pair[1]]) < 1.2
    ] == []
