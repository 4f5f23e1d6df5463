"""The catalogue of a course, `exercises/README.md`: parts, items, and where each topic is asked for."""

from collections import defaultdict
from collections.abc import Collection

from grader.course import Course, Item

_HEAD = """\
<!-- Written by `grader catalogue` from what the items declare; don't edit it by hand. -->

# The exercises

Each folder holds a stub to fill in and the task, which `grade 7 --statement` shows. `grade 7` grades
your file at once.

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
    parts: dict[str, list[Item]] = defaultdict(list)
    for item in listed.values():
        parts[item.spec.part or "Further exercises"].append(item)
    sections = [f"## {part}\n\n{_table(listed, items)}" for part, items in parts.items()]
    return _HEAD + "\n".join(sections) + "\n## Topics\n\n" + _topics(listed)


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


def _topics(listed: dict[str, Item]) -> str:
    where: dict[str, list[str]] = defaultdict(list)
    for item in listed.values():
        for topic in item.spec.topics:
            where[topic].append(item.id)
    rows = ["| topic | exercises |", "|---|---|"]
    rows += [
        f"| {_cell(topic)} | {', '.join(map(_link, items))} |"
        for topic, items in sorted(where.items(), key=_by_name)
    ]
    return "\n".join(rows) + "\n"


def _by_name(entry: tuple[str, list[str]]) -> tuple[str, str]:
    return entry[0].casefold(), entry[0]


def _link(item: str) -> str:
    return f"[{_number(item)}]({item}/exercise.yaml)"


def _number(item: str) -> str:
    return item.removeprefix("exercise-")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
