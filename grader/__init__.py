"""Grade NumPy exercises behind a trust boundary: submitted code returns values, never verdicts.

from grader import Course, grade
report = grade(Course.at(Path(".")), "exercise-07", Path("softmax.py"))
"""

from typing import Any

from grader.version import __version__

__all__ = ["Course", "Outcome", "Report", "Sandbox", "__version__", "grade", "grade_all"]


def __getattr__(name: str) -> Any:
    # Loaded when asked for: `grade --help` and the zygote need none of it.
    match name:
        case "Course":
            from grader.course import Course

            return Course
        case "Outcome" | "Report":
            from grader import outcome

            return getattr(outcome, name)
        case "Sandbox":
            from grader.sandbox import Sandbox

            return Sandbox
        case "grade":
            from grader.grading import grade

            return grade
        case "grade_all":
            from grader.batch.everybody import grade_all

            return grade_all
    raise AttributeError(f"module 'grader' has no attribute {name!r}")
