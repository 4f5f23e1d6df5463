"""What the page says of a class."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from grader.batch.gradebook import Basis, Cell, Column, Gradebook, Row
from grader.batch.handin import Learner, Odd
from grader.export.page.number import correlation, counted, percent, seconds
from grader.export.page.report_page import ReportPage
from grader.outcome import CheckResult, Outcome, Report

ITEM = "exercise-01"
COLUMN = Column(ITEM, "Doubling", 10)


def check(outcome: Outcome, id_: str = "a", max_points: int = 10, misconception: str = "") -> CheckResult:
    """A check of an exercise."""
    points = max_points if outcome is Outcome.PASSED else 0
    return CheckResult(
        id_, f"Check {id_}", points, max_points, outcome, visible=True, misconception=misconception
    )


def graded(name: str, *checks: CheckResult, basis: Basis = Basis.GRADED, **about: Any) -> Row:
    """A learner who handed in the one item."""
    report = Report(ITEM, checks, ("fork",), 1)
    points = None if basis is Basis.REVIEW else report.points
    cell = Cell(name, ITEM, points, 10, basis, origin=f"{name}/doubling.py", earned=report.points)
    return Row(Learner(name, name.title()), (replace(cell, **about),), {ITEM: report})


def absent(name: str) -> Row:
    """A learner who handed in nothing."""
    return Row(Learner(name), (Cell(name, ITEM, 0, 10, Basis.MISSING, "Nothing was handed in."),), {})


def page(rows: Sequence[Row], columns: tuple[Column, ...] = (COLUMN,), odd: tuple[Odd, ...] = ()) -> str:
    """The page of these learners."""
    made = ReportPage(Gradebook(columns, len(rows), lambda: iter(rows), odd))
    for row in rows:
        made.take(row)
    return made.finish()


def words(html: str) -> str:
    """The page's text, its tags as single blanks."""
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL))


def section(html: str, anchor: str) -> str:
    """The text of one section."""
    found = re.search(rf'<section id="{anchor}".*?(?=<section id=|</main>)', html, re.DOTALL)
    return words(found[0]) if found else ""


def pair(first: Outcome, second: Outcome) -> tuple[CheckResult, CheckResult]:
    """Two checks with these outcomes, worth 4 and 6 points."""
    return check(first, "a", 4), check(second, "b", 6)


P, F = Outcome.PASSED, Outcome.FAILED


def test_the_key_figures_count_grades_by_what_they_rest_on() -> None:
    rows = [
        graded("ada", check(P), late=True),
        graded("bo", check(P), basis=Basis.OVERRIDE),
        graded("cy", check(Outcome.INTERNAL), basis=Basis.REVIEW),
        absent("di"),
    ]
    figures = section(page(rows), "overview")
    for figure in ("Learners 4", "Items 1 4 grades in all", "Graded 2 1 by hand", "Missing 1 75% handed in"):
        assert figure in figures
    assert "Needs review 1" in figures
    assert "Late 1" in figures


def test_totals_leave_out_who_handed_in_nothing_and_who_waits() -> None:
    rows = [graded("ada", check(P)), graded("bo", check(F)), absent("cy")]
    rows.append(graded("di", check(Outcome.INTERNAL), basis=Basis.REVIEW))
    said = section(page(rows), "distribution")
    assert "The median of 2 totals is 50% ; half of them lie between 25% and 75%" in said
    assert "1 learner handed in nothing and 1 learner waits for a review; they are not counted here." in said


def test_a_class_of_one_and_a_class_all_alike_are_said_in_words_of_their_own() -> None:
    assert "One learner has a total: 100%." in section(page([graded("ada", check(P))]), "distribution")
    rows = [graded(name, check(P)) for name in ("ada", "bo")]
    assert "All 2 learners have the same total, 100%." in section(page(rows), "distribution")


def test_without_any_total_the_page_says_so() -> None:
    assert "There is no total to show yet. 1 learner handed in nothing" in section(
        page([absent("ada")]), "distribution"
    )


def test_the_heat_map_marks_what_was_set_kept_reviewed_and_missing() -> None:
    rows = [
        graded("ada", check(P), basis=Basis.OVERRIDE),
        graded("bo", check(P), basis=Basis.KEPT),
        graded("cy", check(Outcome.INTERNAL), basis=Basis.REVIEW),
        absent("di"),
    ]
    said = section(page(rows), "heat-map")
    for cell in ("Ada ada 100 † ", "Bo bo 100 ‡ ", "Cy cy ? ", "di – "):
        assert cell in said


def test_the_heat_map_of_one_item_shows_its_checks() -> None:
    said = section(page([graded("ada", *pair(P, F)), graded("bo", *pair(P, P))]), "heat-map")
    assert "Learner exercise-01 : Doubling Check a Check b" in said
    assert "Bo bo 100 100 100 Ada ada 40 100 0" in said


def test_a_large_class_is_shown_in_bands_and_the_page_says_how() -> None:
    rows = [graded(f"s{place:03}", *pair(P, P if place < 100 else F)) for place in range(400)]
    said = section(page(rows), "heat-map")
    assert "400 learners are too many for a row each" in said
    assert "20 bands of 20." in said
    assert "1–20 100 100 100 " in said
    assert "381–400 40 100 0 " in said
    assert "S000" not in said


def test_bands_of_two_sizes_are_said() -> None:
    rows = [graded(f"s{place:03}", check(P)) for place in range(205)]
    assert "20 bands of 10 or 11." in section(page(rows), "heat-map")


def test_a_check_shows_how_many_passed_failed_and_more() -> None:
    outcomes = [P, P, F, Outcome.ERROR, Outcome.TIMEOUT, Outcome.MISSING]
    said = section(page([graded(f"s{n}", *pair(outcome, P)) for n, outcome in enumerate(outcomes)]), "checks")
    assert "passed failed error timeout missing Check a example 4 33% passed 2 1 1 1 1" in said


def test_a_check_that_learners_can_see_is_called_an_example() -> None:
    rows = [graded("ada", check(P, "a", 4), replace(check(P, "b", 6), visible=False))]
    said = section(page(rows), "checks")
    assert "Check a example 4" in said
    assert "Check b 6" in said


def test_discrimination_is_left_out_below_twenty_and_the_page_says_so() -> None:
    said = section(page([graded(f"s{n}", *pair(P, F)) for n in range(19)]), "checks")
    assert "19 submissions. Discrimination is left out: it would be over fewer than 20." in said


def test_discrimination_is_the_correlation_with_the_rest_and_tells_the_count() -> None:
    """Of 30 passes of a, 20 meet b passed; of 10 failures, 2: phi = (20·8 − 10·2)/√(30·10·22·18)."""
    rows = [graded(f"s{n}", *pair(P, P)) for n in range(20)]
    rows += [graded(f"t{n}", *pair(P, F)) for n in range(10)]
    rows += [graded(f"u{n}", *pair(F, P)) for n in range(2)]
    rows += [graded(f"v{n}", *pair(F, F)) for n in range(8)]
    phi = (20 * 8 - 10 * 2) / (30 * 10 * 22 * 18) ** 0.5
    assert f"Discrimination {phi:.2f} {phi:.2f} 40" in section(page(rows), "checks")


def test_untouched_stubs_and_faults_of_ours_stay_out_of_discrimination() -> None:
    rows = [graded(f"s{n}", *pair((P, F)[n % 2], (P, F)[n // 2 % 2])) for n in range(40)]
    rows += [graded(f"t{n}", *pair(Outcome.MISSING, Outcome.MISSING)) for n in range(5)]
    rows += [graded("u", *pair(Outcome.INTERNAL, P), basis=Basis.REVIEW)]
    said = section(page(rows), "checks")
    assert "46 submissions." in said
    assert "Discrimination 0.00 0.00 40" in said


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ([F] * 29 + [P], [P, F] * 15, "hardly anybody passes: 1 of 30 who tried"),
        (
            [P, F] * 15,
            [F, P] * 15,
            "discrimination −1.00: who does well elsewhere doesn't pass it more often",
        ),
        ([P] * 30, [P, F] * 15, "all 30 who tried pass: it tells nobody apart"),
        ([Outcome.INTERNAL] + [P, F] * 15, [P] + [P, F] * 15, "could not be judged 1 time: our fault"),
    ],
)
def test_a_check_that_staff_should_look_at_is_flagged(
    first: list[Outcome], second: list[Outcome], reason: str
) -> None:
    rows = [graded(f"s{n}", *pair(a, b)) for n, (a, b) in enumerate(zip(first, second, strict=True))]
    assert f"Check a example ▲ {reason}" in section(page(rows), "checks")


def test_flags_that_matter_are_said_at_the_top_and_a_check_that_all_pass_is_not() -> None:
    rows = [graded(f"s{n}", *pair(P, F)) for n in range(30)]
    said = section(page(rows), "overview")
    assert "exercise-01 : “Check b” (hardly anybody passes: 0 of 30 who tried)." in said
    assert "Check a" not in said


def test_a_groups_submission_counts_once() -> None:
    group: dict[str, Any] = {"origin": "group-1/doubling.py", "cpu_s": 2.0}
    rows = [
        graded("ada", check(F, misconception="Squared."), group=("bo",), **group),
        graded("bo", check(F, misconception="Squared."), group=("ada",), **group),
    ]
    made = page(rows)
    assert "1 submission." in section(made, "checks")
    assert "Squared. 100% of submissions 1 100%" in section(made, "misconceptions")
    assert section(made, "effort").count("group-1") == 1


def test_misconceptions_are_listed_by_frequency_and_count_once_a_submission() -> None:
    rows = [graded("s0", check(F, "a", 4, "Halved."), check(F, "b", 6, "Halved."))]
    rows += [graded(f"t{n}", check(F, misconception="Squared <b>.")) for n in range(2)]
    rows += [graded("u", check(P))]
    said = section(page(rows), "misconceptions")
    assert said.index("Squared &lt;b&gt;. 50% of submissions 2 50%") < said.index(
        "Halved. 25% of submissions 1 25%"
    )


def test_the_ten_slowest_and_hungriest_are_listed_largest_first() -> None:
    rows = [graded(f"s{n:02}", check(P), cpu_s=n / 8, peak_mb=100.0 - n) for n in range(1, 16)]
    said = section(page(rows), "effort")
    slow, hungry = said.split("Memory, the most")
    assert re.findall(r"S(\d\d)", slow) == [f"{n:02}" for n in range(15, 5, -1)]
    assert re.findall(r"S(\d\d)", hungry) == [f"{n:02}" for n in range(1, 11)]
    assert "1.88 s" in slow
    assert "99 MiB" in hungry


def test_overrides_kept_grades_and_reviews_are_listed_with_their_reasons() -> None:
    rows = [
        graded("ada", check(F), basis=Basis.OVERRIDE, points=7.5, reason="Shown by hand."),
        graded("bo", check(F), basis=Basis.KEPT, points=10.0, reason="Check a now fails."),
        graded("cy", check(Outcome.INTERNAL), basis=Basis.REVIEW, reason="Check a broke off."),
    ]
    made = page(rows)
    assert "Ada ada exercise-01 7.5 10 0 Shown by hand." in section(made, "overrides")
    assert "Bo bo exercise-01 10 10 0 Check a now fails." in section(made, "kept")
    assert "Cy cy exercise-01 Check a broke off. cy/doubling.py" in section(made, "needs-review")
    top = section(made, "overview")
    assert "1 grade withheld until staff have looked at what went wrong." in top
    assert "1 grade kept that the checks would now lower." in top


def test_a_list_too_long_for_a_page_says_how_many_more_there_are() -> None:
    rows = [graded(f"s{n:03}", check(P), basis=Basis.OVERRIDE, reason="So.") for n in range(230)]
    assert "And 30 more; gradebook.csv has them all." in section(page(rows), "overrides")


def test_odd_entries_are_listed_with_their_kind() -> None:
    made = page([graded("ada", check(P))], odd=(Odd("x/notes.txt", "No item has this file.", "no-item"),))
    assert "x/notes.txt no-item No item has this file." in section(made, "odd")
    assert "1 odd entry among what was handed in." in section(made, "overview")


def test_what_there_is_none_of_has_no_section() -> None:
    made = page([graded("ada", check(P))])
    for anchor in ("needs-review", "overrides", "kept", "odd", "misconceptions"):
        assert f'id="{anchor}"' not in made
        assert f'href="#{anchor}"' not in made


def test_several_items_have_a_small_chart_each() -> None:
    columns = (COLUMN, Column("exercise-02", "Halving", 10))
    rows = [
        Row(
            Learner(f"s{n}"),
            (Cell(f"s{n}", ITEM, n, 10, Basis.GRADED), Cell(f"s{n}", "exercise-02", 0, 10, Basis.MISSING)),
            {},
        )
        for n in range(11)
    ]
    said = section(page(rows, columns), "distribution")
    assert "exercise-01 Doubling Grades of exercise-01 Median 50% of 11 grades." in said
    assert "exercise-02 Halving No grades." in said
    assert "exercise-01 1 1 1 1 1 1 1 1 1 2" in said


def test_only_none_is_zero_percent_and_only_all_is_a_hundred() -> None:
    assert [percent(share) for share in (0, 0.001, 0.5, 0.999, 1)] == [
        "0%",
        "&lt;1%",
        "50%",
        "&gt;99%",
        "100%",
    ]


def test_numbers_are_written_as_people_do() -> None:
    assert [counted(1, "entry", "entries"), counted(12000, "entry", "entries")] == [
        "1 entry",
        "12,000 entries",
    ]
    assert [correlation(-0.254), correlation(-0.001)] == ["−0.25", "0.00"]
    assert [seconds(0.1234), seconds(12.34)] == ["0.12 s", "12.3 s"]
