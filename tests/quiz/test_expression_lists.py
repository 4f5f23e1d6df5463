"""Reading answers that are numbers, vectors and matrices."""

import math

import pytest

from grader.quiz.expression import ExpressionError, Value, number, numbers, shape_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        (".5", 0.5),
        ("1.", 1),
        ("1e-3", 1e-3),
        ("2.5E+4", 25000),
        ("−3", -3),
        ("3/8", 0.375),
        ("2^-7", 2**-7),
        ("2⁻⁷", 2**-7),
        ("sqrt(2)", math.sqrt(2)),
        ("ln(3)", math.log(3)),
        ("2π", math.tau),
        ("e²", math.exp(2)),
    ],
)
def test_a_number_may_be_an_expression_in_constants(text: str, value: float) -> None:
    assert number(text) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1/0", "This has no value."),
        ("sqrt(-1)", "This has no value."),
        ("9^9^9^9", "This is too large to be computed with."),
        ("18.375 MiB", "'MiB' is not a name here: write the number alone, without a unit."),
        ("0,5", "A comma can't stand here; a decimal point is written as in 0.5."),
        ("10 240", "Write 10240 without a blank, or 10*240 for a product."),
        ("4 000 000", "Write 4000000 without a blank."),
        ("4,000,000", "A comma can't stand here: write 4000000."),
        ("10,240", "A comma can't stand here: write 10240, or 10.240 if it is a decimal one."),
        ("", "Nothing was written."),
        ("nan", "'nan' is not a number here."),
    ],
)
def test_what_is_no_number_is_refused(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        number(text)
    assert caught.value.message == message


@pytest.mark.parametrize(
    "text",
    [
        "1, 2, 3",
        "[1, 2, 3]",
        "(1, 2, 3)",
        "[1 2 3]",
        "1 2 3",
        "[1,2,3,]",
        "[1. 2. 3.]",
        "［１，２，３］",
        "[1 4/2 3]",
        "1 2 3\n",
    ],
)
def test_a_vector_is_read_with_or_without_brackets_and_commas(text: str) -> None:
    assert numbers(text) == (1, 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "[[1, 2], [3, 4]]",
        "((1, 2), (3, 4))",
        "[1, 2], [3, 4]",
        "1 2; 3 4",
        "[1 2; 3 4]",
        "[1, 2; 3, 4;]",
        "1 2\n3 4",
        "1, 2\n3, 4",
        "1 2;\n3 4",
        "[1 2]\n[3 4]",
        "[[1 2]\n [3 4]]",
        "[[1., 2.],\n [3., 4.]]",
        "[1, 2],\n[3, 4]",
    ],
)
def test_a_matrix_is_read_as_lists_or_lines(text: str) -> None:
    assert numbers(text) == ((1, 2), (3, 4))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("(1+2)*3", 9),
        ("max(1, 2)", 2),
        ("1 - 2", -1),
        ("1 -2", (1, -2)),
        ("[5]", (5,)),
        ("5,", (5,)),
        ("1; 2", ((1,), (2,))),
        ("[[1], [2]]", ((1,), (2,))),
        ("[[1, 2]]", ((1, 2),)),
        ("max(1, 2), (3 + 4)*2", (2, 14)),
        ("½ −½", (0.5, -0.5)),
        ("sqrt (4) 3", (2, 3)),
    ],
)
def test_the_shape_is_as_it_was_written(text: str, value: Value) -> None:
    assert numbers(text) == value


def test_the_shape_of_a_value_is_told() -> None:
    assert [shape_of(numbers(text)) for text in ("5", "[5]", "1 2; 3 4; 5 6", "[[[1, 2]]]")] == [
        (),
        (1,),
        (3, 2),
        (1, 1, 2),
    ]


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("[1, 2", "This '[' is never closed: add ']'.", "["),
        ("1, 2]", "This ']' closes nothing: remove it, or open it before.", "]"),
        ("[1, 2)", "')' closes the wrong bracket: write ']'.", ")"),
        ("[1,,2]", "Between ',' and ',' an entry is missing.", ",,"),
        ("[]", "Between '[' and ']' an entry is missing.", "[]"),
        (", 1", "Before ',' an entry is missing.", ","),
        ("[[1, 2], [3]]", "Row 1 holds 2 numbers, row 2 holds 1 number.", "[[1, 2], [3]]"),
        ("[1, [2, 3]]", "Row 1 holds a single number, row 2 holds 2 numbers.", "[1, [2, 3]]"),
        ("[[[[1]]]]", "Lists are nested more than 3 deep.", "[1]"),
        ("[1, 1/0]", "This has no value.", "1/0"),
        ("[1, x]", "'x' is not a name here: write the number alone, without a unit.", "x"),
    ],
)
def test_a_faulty_list_is_refused_at_its_place(text: str, message: str, place: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        numbers(text)
    assert caught.value.message == message
    assert text[caught.value.start : caught.value.end] == place
