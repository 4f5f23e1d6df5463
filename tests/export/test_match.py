"""Whose row a row is: a grade must never land at somebody else's."""

import pytest

from grader.batch.handin import Learner
from grader.export.match import Known, match


def found(learners: list[Learner], rows: list[Known]) -> dict[int, str]:
    return match(learners, "moodle", rows).learners


@pytest.mark.parametrize(
    "known",
    [
        Known(1, "Participant 5001"),
        Known(1, "5001"),
        Known(1, "x", ids=("ada",)),
        Known(1, "x", ids=("ADA ",)),
        Known(1, "x", email="Ada@Example.org"),
        Known(1, "x", name="Ada Lovelace"),
        Known(1, "x", name="LOVELACE, Ada"),
    ],
)
def test_a_row_is_found_by_each_thing_that_may_name_it(known: Known) -> None:
    ada = Learner("ada", "Ada Lovelace", "ada@example.org", (("moodle", "5001"),))
    assert found([Learner("ben", "Ben"), ada], [known]) == {1: "ada"}


def test_an_id_that_is_a_mail_address_is_found_too() -> None:
    assert found([Learner("ada@example.org")], [Known(1, "x", email="ada@example.org")]) == {
        1: "ada@example.org"
    }


def test_the_platform_s_own_id_goes_before_all_else() -> None:
    learners = [Learner("7", "Ada", platform_ids=(("moodle", "8"),)), Learner("8", "Ben")]
    assert found(learners, [Known(1, "Participant 8", ids=("7",), name="Ben")]) == {1: "7"}


def test_numbers_of_two_systems_that_overlap_are_not_mixed_up() -> None:
    """The school's numbers 1 to 3 are also Canvas's ids, of other people."""
    learners = [Learner(str(number)) for number in (1, 2, 3)]
    rows = [Known(1, "2", ids=("1", "2")), Known(2, "3", ids=("2", "3")), Known(3, "9", ids=("3", "9"))]
    assert found(learners, rows) == {1: "1", 2: "2", 3: "3"}


def test_an_id_that_contradicts_the_name_is_doubted() -> None:
    matches = match(
        [Learner("7", "Ada Lovelace")], "canvas", [Known(1, "x", ids=("7",), name="Turing, Alan")]
    )
    assert matches.learners == {}
    assert matches.remarks == (
        "Turing, Alan (row 2): the id is that of Ada Lovelace; the row is left as it is.",
    )


def test_an_id_that_two_learners_go_by_is_nobody_s() -> None:
    learners = [Learner("ada", email="same@example.org"), Learner("ben", email="same@example.org")]
    matches = match(learners, "canvas", [Known(1, "x", email="same@example.org")])
    assert matches.learners == {}
    assert "ada, ben all go by 'same@example.org'; the row is left as it is." in matches.remarks[0]


def test_a_name_that_several_bear_is_nobody_s() -> None:
    learners = [Learner("a1", "Ada Byron"), Learner("a2", "Byron, Ada")]
    matches = match(learners, "canvas", [Known(1, "x", name="Ada Byron")])
    assert matches.learners == {}
    assert "several go by this name (a1, a2), and no id tells them apart" in matches.remarks[0]
    twice = match(learners[:1], "canvas", [Known(1, "x", name="Ada Byron"), Known(2, "y", name="Ada Byron")])
    assert twice.learners == {}
    assert len(twice.remarks) == 2


def test_a_learner_who_has_two_rows_gets_the_first() -> None:
    matches = match([Learner("ada")], "canvas", [Known(1, "x", ids=("ada",)), Known(2, "y", ids=("ada",))])
    assert matches.learners == {1: "ada"}
    assert matches.remarks == ("y (row 3): row 2 is the same learner's; this one is left as it is.",)


def test_strangers_and_those_without_a_row_are_told() -> None:
    matches = match([Learner("ada", "Ada")], "canvas", [Known(1, "9", name="Zoe\nSmith")])
    assert [known.shown for known in matches.strangers] == ["Zoe\\nSmith"]
    assert [learner.id for learner in matches.absent] == ["ada"]


def test_empty_ids_and_names_match_nobody() -> None:
    assert found([Learner("", "", "")], [Known(1, "", ids=("",))]) == {}
