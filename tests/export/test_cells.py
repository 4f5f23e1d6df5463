"""Cells of a CSV file: never a formula, and read back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.export.cells import id_cell, id_of, neutral, number_in, restored
from tests.export.books import HOSTILE_NAMES

TEXTS = st.text(st.characters(categories=None)) | st.text("'=+-@\t\r\n\\xu0eE19 ", max_size=8)


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
def test_what_starts_as_a_formula_gets_an_apostrophe(start: str) -> None:
    assert neutral(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "Ada", "'quoted", "a=1", "O'Neil", "3", "李"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert neutral(text) == text


@given(TEXTS)
def test_neutral_texts_are_no_formulas_and_can_be_restored(text: str) -> None:
    assert not neutral(text).startswith(tuple("=+-@\t\r\n"))
    assert restored(neutral(text)) == text


@given(TEXTS | st.sampled_from(HOSTILE_NAMES))
def test_an_id_is_one_visible_line_and_can_be_read_back(text: str) -> None:
    assert id_cell(text).isprintable()
    assert not id_cell(text).startswith(tuple("=+-@"))
    assert id_of(id_cell(text)) == text


def test_a_plain_id_is_written_as_it_is() -> None:
    assert id_cell("ada.l@example.org") == "ada.l@example.org"


@pytest.mark.parametrize(
    ("cell", "number"),
    [("7", 7.0), (" 7.5 ", 7.5), ("7,25", 7.25), ("-1", -1.0), ("0", 0.0), ("", None), ("nan", None),
     ("inf", None), ("1e3", None), ("7 (late)", None), ("1,234.5", None), ("٣", None)],
)  # fmt: skip
def test_numbers_are_read_with_point_or_comma_and_nothing_else(cell: str, number: float | None) -> None:
    assert number_in(cell) == number
