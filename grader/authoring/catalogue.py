"""The catalogue of a course, `exercises/README.md`: parts, items, and where each topic is asked for."""

from collections import defaultdict
from collections.abc import Collection

from grader.course import Course, Item, QuizItem
from grader.outcome import is_quiz

_HEAD = """\
<!-- Written by `grader catalogue` from what the items declare; don't edit it by hand. -->

# The exercises and quizzes

Each exercise's folder holds a stub to fill in and the task, which `grade 7 --statement` shows;
`grade 7` grades your file at once. `grade quiz-03` asks the questions of a quiz one by one, with
numbers drawn for you.

"""


def catalogue_page(course: Course, only: Collection[str] | None = None) -> str:
    """Write the catalogue as Markdown.

    Args:
        course: The course.
        only: Ids of the items that stand in it; by default all.

    Raises:
        CourseFault: An item's YAML is faulty.
    """
    listed = {name: item for name, item in course.items.items() if only is None or name in only}
    quizzes = {name: quiz for name, quiz in course.quizzes.items() if only is None or name in only}
    parts: dict[str, list[Item]] = defaultdict(list)
    for item in listed.values():
        parts[item.spec.part or "Further exercises"].append(item)
    sections = [f"## {part}\n\n{_table(listed, items)}" for part, items in parts.items()]
    if quizzes:
        sections.append(f"## Quizzes\n\n{_quizzes(listed, quizzes)}")
    return _HEAD + "\n".join(sections) + "\n## Topics\n\n" + _topics(listed, quizzes)


def _table(listed: dict[str, Item], items: list[Item]) -> str:
    rows = ["| exercise | title | difficulty | needs | leads on to | file |", "|---|---|---|---|---|---|"]
    for item in items:
        spec = item.spec
        needs = ", ".join(_link(need) if need in listed else _number(need) for need in spec.needs) or "–"
        onward = ", ".join(_link(other.id) for other in listed.values() if item.id in other.spec.needs) or "–"
        dots = "●" * spec.difficulty + "○" * (5 - spec.difficulty)
        rows.append(
            f"| {_link(item.id)} | {_cell(spec.title)} | {dots} | {needs} | {onward} | `{spec.file}` |"
        )
    return "\n".join(rows) + "\n"


def _quizzes(listed: dict[str, Item], quizzes: dict[str, QuizItem]) -> str:
    rows = ["| quiz | title | questions | points | after |", "|---|---|---|---|---|"]
    for quiz in quizzes.values():
        spec = quiz.spec
        after = ", ".join(_link(need) if need in listed else _number(need) for need in spec.spec.needs) or "–"
        rows.append(
            f"| {_link(quiz.id)} | {_cell(spec.title)} | {len(spec.questions)} | {spec.max_points} | {after} |"
        )
    return "\n".join(rows) + "\n"


def _topics(listed: dict[str, Item], quizzes: dict[str, QuizItem]) -> str:
    where: dict[str, list[str]] = defaultdict(list)
    for item in listed.values():
        for topic in item.spec.topics:
            where[topic].append(item.id)
    for quiz in quizzes.values():
        for topic in quiz.spec.spec.topics:
            where[topic].append(quiz.id)
    rows = ["| topic | exercises and quizzes |", "|---|---|"]
    rows += [
        f"| {_cell(topic)} | {', '.join(map(_link, items))} |"
        for topic, items in sorted(where.items(), key=_by_name)
    ]
    return "\n".join(rows) + "\n"


def _by_name(entry: tuple[str, list[str]]) -> tuple[str, str]:
    return entry[0].casefold(), entry[0]


def _link(item: str) -> str:
    return f"[{_number(item)}]({item}/{'quiz' if is_quiz(item) else 'exercise'}.yaml)"


def _number(item: str) -> str:
    return item.removeprefix("exercise-")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
