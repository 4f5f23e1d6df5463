"""The page in a real browser: laid out, drawn, printed, and without a complaint."""

from pathlib import Path

import pytest

from grader.export.page.report_page import ReportPage
from tests.export.chromium import Chromium
from tests.export.classroom import classroom

NAMES = ("<script>alert(1)</script>", "\u202eevil", "An extraordinarily-long-name-" * 4)
CLASSES = {"60-6": (60, 6), "300-40": (300, 40), "230-1": (230, 1), "0-1": (0, 1)}

FACTS = """{
  inner: frame.innerWidth,
  outer: frame.document.documentElement.scrollWidth,
  heading: frame.getComputedStyle(frame.document.querySelector('h1')).fontSize,
  hatch: frame.document.querySelector('rect.o-missing') &&
    frame.getComputedStyle(frame.document.querySelector('rect.o-missing')).fill,
  scripts: frame.document.scripts.length,
  empty: [...frame.document.querySelectorAll('svg[role=img]')]
    .filter(svg => svg.checkVisibility()).filter(svg => svg.getBoundingClientRect().width < 20).length,
  outside: [...frame.document.querySelectorAll('.histogram text, .small text')].filter(text => text.checkVisibility()).filter(text => {
    const word = text.getBoundingClientRect(), chart = text.ownerSVGElement.getBoundingClientRect();
    return word.left < chart.left - 1 || word.right > chart.right + 1 || word.bottom > chart.bottom + 1;
  }).map(text => text.textContent),
  first: (frame.document.body.querySelector('a, button, [tabindex]') || {}).className,
  reached: [...frame.document.querySelectorAll('.frame')]
    .filter(box => box.scrollWidth > box.clientWidth && box.tabIndex !== 0).length
}"""


@pytest.fixture
def chromium(tmp_path: Path) -> Chromium:
    """The browser, where there is one."""
    program = Chromium.find()
    if program is None:
        pytest.skip(
            "Chromium isn't installed (Debian: apt-get install chromium), so nobody looked at report.html."
        )
    return Chromium(program, tmp_path)


def written(folder: Path, learners: int, items: int) -> Path:
    """Write the page of a class."""
    gradebook = classroom(learners, items, names=NAMES[:learners])
    page = ReportPage(gradebook)
    for row in gradebook.rows():
        page.take(row)
    path = folder / "report.html"
    path.write_text(page.finish(), encoding="utf-8", newline="\n")
    return path


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("size", CLASSES)
def test_the_page_is_laid_out_within_the_window_and_nobody_complains(
    chromium: Chromium, tmp_path: Path, size: str, width: int
) -> None:
    facts, console = chromium.measure(written(tmp_path, *CLASSES[size]), width, FACTS)
    assert console == []
    assert facts["inner"] == width
    assert facts["outer"] <= width
    # The style was let in by its hash: else the heading would have the browser's own size.
    assert facts["heading"] == ("32px" if width > 640 else "25.6px")
    assert facts["hatch"] in {None, 'url("#hatch")'}
    assert facts["outside"] == []
    assert (facts["scripts"], facts["empty"], facts["reached"]) == (0, 0, 0)
    assert facts["first"] == "skip"


def test_a_page_that_broke_its_own_rules_would_be_heard_of(chromium: Chromium, tmp_path: Path) -> None:
    """The empty console above means something: a script that slipped in is refused, and said."""
    page = written(tmp_path, 2, 1)
    page.write_text(
        page.read_text(encoding="utf-8").replace("</body>", "<script>document.title = 1</script></body>")
    )
    _, console = chromium.measure(page, 400, "{}")
    assert any("Content Security Policy" in message for message in console)


def test_the_page_follows_the_readers_colours(chromium: Chromium, tmp_path: Path) -> None:
    page = written(tmp_path, 60, 6)
    light, dark = (chromium.picture(page, 1000, 900, dark=dark) for dark in (False, True))
    assert (light.width, light.height) == (1000, 900)
    assert light.corner == (255, 255, 255)
    assert dark.corner == (18, 22, 26)
    assert min(light.drawn, dark.drawn) > 0.02


def test_the_page_can_be_printed(chromium: Chromium, tmp_path: Path) -> None:
    assert 5 <= chromium.pages_of_pdf(written(tmp_path, 60, 6)) <= 15
