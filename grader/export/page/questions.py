"""For every question of a quiz: how easy it was, and whether it tells learners apart, in Moodle's terms."""

from grader.batch.gradebook import Column, Gradebook, Row
from grader.batch.statistics import FEWEST, Figure, discrimination_index, discriminative_efficiency, facility
from grader.export.page.bar import plain_bar
from grader.export.page.check_tally import CheckTally, ItemTally
from grader.export.page.markup import Html, bullets, joined, paragraph, prose, table, text
from grader.export.page.number import correlation, counted, percent, whole
from grader.export.page.submissions import Submissions
from grader.outcome import is_quiz


class Questions:
    """Tallies the questions of the quizzes."""

    anchor = "questions"
    title = "Quiz questions"

    def __init__(self, gradebook: Gradebook) -> None:
        self._columns = [column for column in gradebook.columns if is_quiz(column.item)]
        self._tallies = {column.item: ItemTally() for column in self._columns}
        self._submissions = Submissions()

    def take(self, row: Row) -> None:
        """Count the marks of a learner's quizzes."""
        for cell, report in self._submissions.of(row):
            if cell.item in self._tallies:
                self._tallies[cell.item].take(report)

    def body(self) -> Html:
        """Write a table a quiz."""
        shown = [
            _of_quiz(column, self._tallies[column.item])
            for column in self._columns
            if self._tallies[column.item].submissions
        ]
        return joined([_how_to_read(), *shown]) if shown else Html("")


def _how_to_read() -> Html:
    return bullets(
        [
            Html(
                "Facility is the mean mark as a share of the largest. The discrimination index correlates a "
                "question's marks with the rest of the quiz's, in percent; discriminative efficiency is their "
                "covariance as a percentage of the largest that the same marks could have (Moodle's definitions)."
            ),
            Html(
                "Marks are those that count, after hints and further attempts. An unanswered question has 0. "
                f"Under {FEWEST} learners the last two are left out."
            ),
        ],
        "note",
    )


def _of_quiz(column: Column, tally: ItemTally) -> Html:
    alpha = tally.alpha
    consistency = (
        "" if alpha.value is None else f" Cronbach's α {correlation(alpha.value)} (S = {whole(alpha.count)})."
    )
    rows = [_row(question) for question in tally.checks.values()]
    head = ["Question", "Facility", "", "Discrimination index", "Discriminative efficiency", "S"]
    return joined(
        [
            Html(f'<h3>{text(column.item)} <span class="remark">{prose(column.title)}</span></h3>\n'),
            paragraph(Html(f"{counted(tally.submissions, 'submission')}.{consistency}"), "note"),
            table(f"Questions of {text(column.item)}", head, rows, css="ranked", kinds="wngnnn"),
        ]
    )


def _row(question: CheckTally) -> list[Html]:
    marks, rests = question.marks, question.rests
    easy = facility(marks, question.max_points)
    share = "–" if easy.value is None else percent(easy.value)
    return [
        prose(question.title),
        Html(share),
        Html("") if easy.value is None else plain_bar(easy.value, f"{share} of the points"),
        _shown(discrimination_index(marks, rests)),
        _shown(discriminative_efficiency(marks, rests)),
        Html(whole(len(marks))),
    ]


def _shown(figure: Figure) -> Html:
    if figure.value is None:
        return Html(f'<span class="silence">{figure.silence}</span>')
    return Html(f"{figure.value:.0f}%".replace("-", "−"))
