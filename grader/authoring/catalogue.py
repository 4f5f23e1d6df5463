"""The catalogue of a course, `exercises/README.md`: parts, items, and where each topic is asked for."""

from collections import defaultdict

from grader.course import Course, Item, leads_to

_HEAD = """\
<!-- Written by `grader catalogue` from what the items declare; don't edit it by hand. -->

# The exercises

Each folder holds a stub to fill in and the task, which `grade 7 --statement` shows. `grade 7` grades
your file at once.

"""


def catalogue_page(course: Course) -> str:
    """Write the catalogue as Markdown.

    Raises:
        CourseFault: An item's YAML is faulty.
    """
    parts: dict[str, list[Item]] = defaultdict(list)
    for item in course.items.values():
        parts[item.spec.part or "Further exercises"].append(item)
    sections = [f"## {part}\n\n{_table(course, items)}" for part, items in parts.items()]
    return _HEAD + "\n".join(sections) + "\n## Topics\n\n" + _topics(course)


def _table(course: Course, items: list[Item]) -> str:
    rows = ["| exercise | title | difficulty | needs | leads on to | file |", "|---|---|---|---|---|---|"]
    for item in items:
        spec = item.spec
        needs = ", ".join(_link(need) for need in spec.needs) or "–"
        onward = ", ".join(map(_link, leads_to(course, item))) or "–"
        dots = "●" * spec.difficulty + "○" * (5 - spec.difficulty)
        rows.append(
            f"| {_link(item.id)} | {_cell(spec.title)} | {dots} | {needs} | {onward} | `{spec.file}` |"
        )
    return "\n".join(rows) + "\n"


def _topics(course: Course) -> str:
    where: dict[str, list[str]] = defaultdict(list)
    for item in course.items.values():
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
    return f"[{item.removeprefix('exercise-')}]({item}/exercise.yaml)"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
