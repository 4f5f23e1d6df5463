"""Verify items, several at a time, each in a process of its own with its own sandbox."""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from grader.checking.run import Examination, examining
from grader.course import Course, Item
from grader.errors import CourseFault
from grader.sandbox import Sandbox
from grader.verify.behaviour import behaviour_laws
from grader.verify.files import file_laws
from grader.verify.quiz.run import SEEDS, QuizStrength, verify_quiz
from grader.verify.strength import Strength, measure_strength, strength_laws
from grader.verify.violation import Violation


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying one item found.

    Attributes:
        strength: What became of the mutants; None when they weren't asked for or couldn't run.
        quiz: What was measured of a quiz; None for an exercise, and for a quiz whose files are faulty.
    """

    item: str
    violations: tuple[Violation, ...]
    strength: Strength | None
    seconds: float
    quiz: QuizStrength | None = None


@dataclass(frozen=True, slots=True)
class MutantPlan:
    """Whether to run mutants: all, or a fixed sample of this size an exercise."""

    sample: int | None = None


def verify_items(
    course: Course,
    items: Sequence[str],
    *,
    mutants: MutantPlan | None = None,
    seed: int = 0,
    seeds: int = SEEDS,
    jobs: int = 2,
) -> Iterator[Verified]:
    """Verify items side by side, and give each one's result as it comes.

    Args:
        course: The course.
        items: The ids of exercises and quizzes.
        mutants: Which mutants of an exercise's reference are run; those of a quiz's key always are.
        seed: What an exercise's random inputs follow from.
        seeds: From how many seeds each question of a quiz is drawn.
        jobs: How many items side by side.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=jobs, mp_context=context) as pool:
        futures = [pool.submit(verify_item, course.root, item, mutants, seed, seeds) for item in items]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def verify_item(
    root: Path, item_id: str, mutants: MutantPlan | None, seed: int, seeds: int = SEEDS
) -> Verified:
    """Check every law on one item."""
    started = perf_counter()
    course = Course(root)
    if item_id in course.quizzes:
        found, measured = verify_quiz(course, course.quizzes[item_id], seeds)
        return Verified(item_id, tuple(found), None, perf_counter() - started, measured)
    item = course.items[item_id]
    violations = list(file_laws(course, item))
    strength: Strength | None = None
    if item.solutions is not None and not any(
        v.law in ("yaml", "files", "declared", "wrong") for v in violations
    ):
        with Sandbox() as sandbox:

            def body(examination: Examination) -> Strength | None:
                violations.extend(behaviour_laws(course, examination))
                return _strength(course, item, examination, mutants, violations)

            try:
                strength = examining(item, course.salt, seed, sandbox, body)
            except CourseFault as fault:
                violations.append(Violation(item.id, "course", item.id, str(fault)))
    return Verified(item.id, tuple(violations), strength, perf_counter() - started)


def _strength(
    course: Course,
    item: Item,
    examination: Examination,
    mutants: MutantPlan | None,
    violations: list[Violation],
) -> Strength | None:
    if mutants is None or examination.hidden is None:
        return None
    strength = measure_strength(examination, mutants.sample)
    violations.extend(strength_laws(course, item, strength, whole=mutants.sample is None))
    return strength
