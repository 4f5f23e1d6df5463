"""Verify a quiz: every law over many draws, in one process, since nothing of it is run as code."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.course import Course, QuizItem
from grader.errors import CourseFault
from grader.quiz.answers import read_answers
from grader.quiz.counter import practice_seed
from grader.quiz.expression import ExpressionError
from grader.quiz.key import QuizKey
from grader.quiz.marked import mark
from grader.quiz.marking.judged import Status
from grader.quiz.quiz import Quiz
from grader.quiz.variant import Variant
from grader.quiz.writing import value_text
from grader.verify.files import place
from grader.verify.quiz.clicking import LIMIT, clicking_share
from grader.verify.quiz.files import quiz_file_laws
from grader.verify.quiz.finding import Finding, Findings
from grader.verify.quiz.key_tests import key_test_findings
from grader.verify.quiz.marks import mark_laws
from grader.verify.quiz.posed import Posed, different, pose
from grader.verify.quiz.secrecy import habits, question_secrets
from grader.verify.quiz.strength import QuestionStrength, measure_question, strength_findings
from grader.verify.quiz.texts import text_laws
from grader.verify.violation import Violation

# Each question is drawn from so many seeds, unless another number is asked for.
SEEDS = 200
# In so many draws known wrong numbers are typed and marked; in the others only compared.
MARKED = 16


@dataclass(frozen=True, slots=True)
class QuizStrength:
    """What was measured besides the laws.

    Attributes:
        seeds: From how many seeds each question was drawn.
        killed: How many nearly right answers the marker tells from right ones.
        equivalent: How many are no mistakes, since they are the same as the key.
        survivors: How many are taken for right.
        clicking: The share of the points that random clicking earns.
    """

    seeds: int
    killed: int
    equivalent: int
    survivors: int
    clicking: float


def verify_quiz(course: Course, item: QuizItem, seeds: int) -> tuple[list[Violation], QuizStrength | None]:
    """Check every law on one quiz; nothing is measured when its files are faulty."""
    violations = list(quiz_file_laws(course, item))
    if any(violation.law in ("yaml", "files") for violation in violations) or item.key is None:
        return violations, None
    assert item.key_yaml is not None
    findings = Findings(item.id, {True: place(course, item.yaml), False: place(course, item.key_yaml)})
    names = [practice_seed(number) for number in range(1, seeds + 1)]
    strength = _over_draws(item.spec, item.key, names, findings)
    return [*violations, *findings.violations()], strength


def _over_draws(quiz: Quiz, key: QuizKey, seeds: list[str], findings: Findings) -> QuizStrength | None:
    posed: dict[str, list[Posed]] = {}
    for question in quiz.questions:
        try:
            posed[question.id] = pose(quiz, key, question.id, seeds)
        except CourseFault as fault:
            findings.add([Finding("draw", True, str(fault).removeprefix(f"{quiz.where}: "))])
    _keys_are_right(quiz, key, seeds, posed, findings)
    findings.add(habits(quiz, key))
    apart = {name: different(each) for name, each in posed.items()}
    strengths: list[QuestionStrength] = []
    for name, each in apart.items():
        try:
            strengths.append(_question(name, each, findings))
        except (CourseFault, ExpressionError) as fault:
            findings.add([Finding("key", False, f"questions.{name}: {fault}")])
    if len(strengths) < len(quiz.questions):
        return None
    clicking = clicking_share(quiz, apart)
    if clicking >= LIMIT:
        findings.add(
            [
                Finding(
                    "clicking",
                    True,
                    f"random clicking earns {clicking:.0%} of the points, not under a third.",
                )
            ]
        )
    return QuizStrength(
        len(seeds),
        sum(each.killed for each in strengths),
        sum(each.equivalent for each in strengths),
        sum(len(each.survivors) for each in strengths),
        clicking,
    )


def _keys_are_right(
    quiz: Quiz, key: QuizKey, seeds: Sequence[str], posed: dict[str, list[Posed]], findings: Findings
) -> None:
    """Write the right answers of each draw into a file, as a learner would, and have it read and marked."""
    for k, seed in enumerate(seeds):
        answers = {}
        for name, each in posed.items():
            try:
                answers[name] = each[k].right_answer()
            except (CourseFault, ExpressionError) as fault:
                sentence = f"questions.{name}: the key can't be computed: {fault}"
                findings.add([Finding("key", False, sentence)], seed, len(seeds))
        if len(posed) < len(quiz.questions):
            continue
        lines = [f"  {name}: {value_text(answer)}\n" for name, answer in answers.items()]
        read = read_answers(f"answers:\n{''.join(lines)}".encode(), "answers.yaml", quiz)
        variant = Variant(quiz.id, seed, {name: each[k].drawn for name, each in posed.items()})
        findings.add((Finding("key", False, sentence) for sentence in read.faults), seed, len(seeds))
        for marked in mark(quiz, key, variant, read):
            if marked.status is not Status.RIGHT and marked.question in answers:
                sentence = f"questions.{marked.question}: the key itself isn't marked right."
                told = f"{answers[marked.question]} is {marked.status}: {marked.feedback}"
                findings.add([Finding("key", False, sentence, told)], seed, len(seeds))


def _question(name: str, posed: list[Posed], findings: Findings) -> QuestionStrength:
    for k, each in enumerate(posed):
        findings.add(text_laws(each), each.seed, len(posed))
        findings.add(mark_laws(each, by_marker=k < MARKED), each.seed, len(posed))
    for seed, finding in key_test_findings(posed):
        findings.add([finding], seed, len(posed))
    findings.add(question_secrets(posed))
    strength = measure_question(posed)
    findings.add(strength_findings(name, strength))
    return strength
