"""A platform's CSV file edited in place: what isn't changed stays byte for byte."""

import csv
import io
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageFault
from grader.export.sheet import Sheet

CELLS = st.text("ab ,;\"'é李\n\r", max_size=6)


def written(table: list[list[str]], delimiter: str, end: str, quoting: Literal[0, 1]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(table)
    return buffer.getvalue()


@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=4)
    ),
    st.sampled_from(",;\t"),
    st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\r\n", csv.QUOTE_ALL), ("\n", csv.QUOTE_ALL)]),
)
def test_an_untouched_file_stays_byte_for_byte_and_is_read_as_csv_reads_it(
    table: list[list[str]], delimiter: str, style: tuple[str, Literal[0, 1]]
) -> None:
    table = [["first", "second", "third", "fourth"], *table]
    content = written(table, delimiter, *style).encode()
    sheet = Sheet.read(content, "it")
    assert sheet.content == content
    assert [sheet.row(row) for row in range(len(sheet.lines))] == table


@given(CELLS, st.sampled_from(["a,b\r\n1,2\r\n", '"a","b"\n"1","2"', "a,b\n1"]))
def test_a_changed_cell_is_read_back_and_its_neighbours_stay(text: str, content: str) -> None:
    sheet = Sheet.read(content.encode(), "it")
    sheet.put(1, 1, text)
    again = Sheet.read(sheet.content, "it")
    assert again.row(1) == ["1", text]
    assert again.lines[0] == sheet.lines[0]


def test_a_cell_that_was_quoted_stays_quoted_and_another_one_stays_bare() -> None:
    sheet = Sheet.read(b'a,b,c\n"1",2,"x ""y"""\n', "it")
    sheet.put(1, 0, "3")
    sheet.put(1, 1, "4")
    assert sheet.content == b'a,b,c\n"3",4,"x ""y"""\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_the_encoding_stays(encoding: str) -> None:
    content = "name,grade\r\nZoë\x81,1\r\n" if encoding == "latin-1" else "name,grade\r\nZoë,1\r\n"
    raw = content.encode(encoding)
    sheet = Sheet.read(raw, "it")
    assert sheet.content == raw
    assert sheet.value(1, 0).startswith("Zoë")
    sheet.put(1, 1, "2")
    assert sheet.content == content.replace(",1", ",2").encode(encoding)


def test_odd_lines_stay_as_they_are() -> None:
    content = b'a,b,c\n\n1\r\n , "x" ,"y"z\n,,\n"last",line'
    sheet = Sheet.read(content, "it")
    assert sheet.content == content
    assert sheet.row(3) == [" ", ' "x" ', "yz"]
    assert sheet.value(2, 2) == ""
    assert sheet.value(2, None) == ""


def test_an_empty_file_has_one_empty_row() -> None:
    assert Sheet.read(b"", "it").header == [""]
    assert Sheet.read(b"", "it").content == b""


@pytest.mark.parametrize("content", [b'a,b\n1,"2\n', b'a,b\n1,"', b'"'])
def test_a_quotation_mark_that_is_never_closed_is_a_fault(content: bytes) -> None:
    with pytest.raises(
        UsageFault, match=r"the file: line \d: a quotation mark is opened and never closed; download"
    ):
        Sheet.read(content, "the file")
