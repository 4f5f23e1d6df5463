"""The page that a learner reads: what it says, what it must never say, and that nothing in it is markup of a stranger's."""

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from grader.batch.gradebook import Gradebook
from grader.batch.handin import Learner
from grader.export.feedback import MARKER, feedback
from grader.export.markdown import fenced, plain, prose
from grader.outcome import Outcome
from grader.printable import file_names
from tests.export.books import ADAM, SOFTMAX, book, cell, check, hostile, large, one_of_each, report, row

FAILED, ERROR, PASSED = Outcome.FAILED, Outcome.ERROR, Outcome.PASSED


def pages(gradebook: Gradebook) -> dict[str, str]:
    """Give the pages by learner."""
    ids = [row.learner.id for row in gradebook.rows()]
    made = feedback(gradebook, file_names(ids))
    contents = [content.decode() for row in gradebook.rows() for _, content in made.row(row)]
    return dict(zip(ids, contents, strict=True))


class Tags(HTMLParser):
    """The tags and the text of a page, as a browser takes them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Note a tag."""
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data


def rendered(markdown: str) -> Tags:
    """Render as GitHub and others do: tables, strikethrough, bare links and HTML all on."""
    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return Tags(renderer.render(markdown))


@pytest.mark.parametrize("learner", ["ben", "chi", "dee", "eve"])
def test_the_pages_of_the_small_gradebook_read_as_they_should(
    learner: str, golden: Callable[[str, bytes], None]
) -> None:
    golden(f"feedback-{learner}.md", pages(one_of_each())[learner].encode())


def test_each_page_starts_with_the_marker_and_greets_its_learner() -> None:
    for learner, page in pages(one_of_each()).items():
        assert page.startswith(f"{MARKER}# Feedback for {learner.capitalize()}")


def test_a_failed_check_tells_message_reason_and_hint() -> None:
    page = pages(one_of_each())["ben"]
    assert "- ✗ **Property 3 of $p_i = e^{z_i}/\\sum_j e^{z_j}$** (not right yet, 0 of 2)" in page
    assert "  softmax(z) is wrong: entry [0, 2] is off, about 2 times too large." in page
    assert "  *A likely reason:* You left out the shift by $\\max_j z_j$." in page
    assert "  *Hint:* What does `axis=-1` stand for in $\\sum_j$?" in page


def test_a_hint_or_reason_that_was_given_above_is_not_given_again() -> None:
    page = pages(one_of_each())["ben"].partition("exercise-31")[0]
    assert page.count("*Hint:*") == 1
    assert page.count("You left out the shift") == 1
    assert page.count("*A likely reason:* the same as above.") == 1


def test_what_a_submission_printed_each_time_is_shown_once() -> None:
    text = "ValueError is raised in line 4 of softmax.py.\nIt printed:\nhello\n"
    found = replace(report(), checks=(check(1, ERROR, message=text), check(2, ERROR, message=text), check(3)))
    page = pages(book([row(Learner("ada"), (cell("ada", found), found))], (SOFTMAX,)))["ada"]
    assert page.count("  ```text\n  It printed:\n  hello\n  ```") == 1
    assert page.count("ValueError is raised in line 4") == 2


def test_the_points_of_one_item_alone_are_said_once() -> None:
    page = pages(book([row(Learner("ada"), (cell("ada", report()), report()))], (SOFTMAX,)))["ada"]
    assert page.count("10 of 10 points") == 1


def test_a_message_that_all_checks_share_is_said_once() -> None:
    broken = tuple(
        check(
            number, ERROR, message="softmax.py can't be loaded: SyntaxError in line 3: '(' was never closed"
        )
        for number in range(1, 6)
    )
    found = replace(report(), checks=broken)
    page = pages(book([row(Learner("ada"), (cell("ada", found), found))], (SOFTMAX,)))["ada"]
    assert page.count("can't be loaded") == 1
    assert "Hint" not in page
    assert page.count("stopped with an error") == 5


def test_an_override_is_shown_with_its_reason_and_what_the_checks_gave() -> None:
    page = pages(one_of_each())["chi"]
    assert "**9.5 of 10 points**" in page
    assert "set by your course staff. The checks alone gave 8. Reason: Extension agreed by mail." in page


def test_a_kept_grade_is_explained() -> None:
    page = pages(one_of_each())["dee"]
    assert "The grade that you were shown before stands: the checks would give 8 now" in page


def test_a_late_submission_is_mentioned_and_costs_nothing() -> None:
    assert "handed in late; no points were taken off" in pages(one_of_each())["ben"]


def test_what_was_not_handed_in_is_listed() -> None:
    page = pages(one_of_each())["chi"]
    assert "Nothing was handed in for exercise-31." in page
    assert page.endswith("**0 of 6 points**\n\nNothing was handed in.\n")


def test_several_items_that_were_not_handed_in_are_listed_in_one_sentence() -> None:
    page = pages(book([row(Learner("ada"), (cell("ada", None), None), (cell("ada", None, ADAM), None))]))[
        "ada"
    ]
    assert "Nothing was handed in for exercise-07 and exercise-31." in page


def test_what_waits_for_staff_has_no_grade_and_says_so() -> None:
    page = pages(one_of_each())["eve"]
    assert "**6 of 16 points** so far; exercise-07 is not counted yet" in page
    assert "No grade yet: something went wrong on our side, not on yours. Staff will look at it." in page
    assert "of 10 points" not in page


def test_a_group_is_named() -> None:
    assert "Handed in together with eve." in pages(one_of_each())["dee"]


def test_all_passed_is_praised() -> None:
    assert pages(one_of_each())["ada"].count("All checks passed. Well done!") == 2


def test_what_only_staff_may_see_never_stands_in_a_page() -> None:
    for page in (*pages(one_of_each()).values(), *pages(large(50)).values()):
        assert "SECRET" not in page


def test_nothing_hostile_becomes_markup() -> None:
    allowed = {"h1", "h2", "p", "strong", "em", "ul", "li", "code", "pre"}
    for page in pages(hostile()).values():
        shown = rendered(page.removeprefix(MARKER))
        assert shown.tags <= allowed
        assert page.count("\n# ") + page.count("\n## ") == 2
        assert "\x1b" not in page
        assert "\u202e" not in page
        assert all(line.isprintable() for line in page.splitlines())


def test_the_lines_that_a_submission_printed_stand_in_a_block_that_they_cannot_end() -> None:
    block = fenced("a\n```\n````\n# b", "  ")
    assert block == "  `````text\n  a\n  ```\n  ````\n  # b\n  `````"


@pytest.mark.parametrize(
    "text",
    [
        "entry [0, 2] is off",
        "masked_softmax(z, T = 0.001)",
        "a - b + c",
        "x & y",
        "50% (half)",
        "2 > 1",
        "it's",
    ],
)
def test_plain_texts_without_markup_stay_as_they_are(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    "text",
    ["# a", "> a", "- a", "+ a", "1. a", "12) a", "=====", "---", "***", "    code", "~~a~~", "```", "[a](b)",
     "![a](b)", "[a]: http://b", "[a][b]", "<b>a</b>", "<!-- a", "&lt;b&gt;", "&#60;", "*a* _b_ __c__", "`a`",
     "http://example.org", "www.example.org", "$\\href{a}{b}$", "a\\", "| a | b |", "<http://a.b>", "foo_(x)_"],
)  # fmt: skip
def test_markup_in_a_plain_text_is_meant_literally(text: str) -> None:
    shown = rendered(plain(text))
    assert shown.tags == {"p"}
    assert shown.text.strip() == text.strip()


@given(st.text("#>-+=*_`~[]()!<>&;\\$|:/. 1aw\n", max_size=12))
def test_no_plain_text_becomes_markup(text: str) -> None:
    shown = rendered(f"x\n\n{plain(text)}")
    assert shown.tags == {"p"}
    assert shown.text.split("\n", 1)[1].strip() == text.replace("\n", "\\n").strip()


def test_mathematics_and_code_of_the_authors_stay_and_the_rest_is_literal() -> None:
    assert prose("Use $z_i * a_{ij}$ and `z -= m`, not *z*") == "Use $z_i * a_{ij}$ and `z -= m`, not \\*z\\*"
    assert prose("where $a<b$, a <b>") == "where $a\\lt b$, a \\<b>"
    assert prose("costs 3$ a_b_") == "costs 3\\$ a_b\\_"


def test_a_formula_is_kept_in_a_title() -> None:
    page = pages(one_of_each())["ada"]
    assert re.search(r"^## exercise-31 · Adam: \$m_t\$ and \$v_t\$$", page, re.MULTILINE)
