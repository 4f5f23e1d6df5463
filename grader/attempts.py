"""What a learner has answered so far where their own copy marks, kept in `.grade/quiz-03.json`.

Only for their own eyes: whoever grades a class counts attempts from what was handed in.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from grader.quiz.answers import Answers
from grader.quiz.variant import Variant


class AttemptsFile:
    """The attempts at one quiz, by the seed of the numbers. One that can't be read is kept aside.

    Attributes:
        note: What a person should know about the file, in one sentence; empty when all is well.
    """

    def __init__(self, course_root: Path, quiz: str) -> None:
        self.path = course_root / ".grade" / f"{quiz}.json"
        self.note = ""
        self._quiz = quiz
        self._drawn = self._read()

    def earlier(self, seed: str) -> tuple[Answers, ...]:
        """Give what was marked before with these numbers, oldest first."""
        attempts = self._drawn.get(seed, {}).get("attempts", [])
        return tuple(Answers(quiz=self._quiz, given=given) for given in attempts)

    def hints(self, seed: str) -> dict[str, int]:
        """Give how many hints of each question were opened, whatever the answers file says now."""
        return dict(self._drawn.get(seed, {}).get("hints", {}))

    def others(self, seed: str) -> list[str]:
        """Name the learners for whom other numbers were drawn here."""
        return [drawn["learner"] for other, drawn in self._drawn.items() if other != seed]

    def record(
        self, variant: Variant, answers: Answers, counted: Iterable[str], hints: Mapping[str, int]
    ) -> None:
        """Keep what was marked now.

        Args:
            variant: The learner's numbers.
            answers: What was answered.
            counted: The questions of which the answer could be read and marked.
            hints: How many hints of each question are open.
        """
        given = {name: answers.given[name] for name in counted if name in answers.given}
        drawn = self._drawn.setdefault(variant.seed, {"attempts": []})
        drawn |= {"learner": answers.learner, "hints": dict(hints), "variant": variant.as_data()}
        if given and given != (drawn["attempts"] or [None])[-1]:
            drawn["attempts"].append(given)
        self._write()

    def _read(self) -> dict[str, Any]:
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.note = f"{self.path}: cannot be read ({error.strerror}); earlier attempts aren't counted."
            return {}
        try:
            return {str(seed): _drawn(data) for seed, data in json.loads(raw)["drawn"].items()}
        except (ValueError, TypeError, AttributeError, KeyError):
            aside = self.path.with_suffix(".json.unreadable")
            self.note = f"{self.path}: is damaged; it is kept as {aside.name}, and attempts count afresh."
            try:
                self.path.replace(aside)
            except OSError:
                self.note = f"{self.path}: is damaged; attempts count afresh."
            return {}

    def _write(self) -> None:
        scratch = self.path.with_name(f"{self.path.name}.{os.getpid()}.part")
        try:
            self.path.parent.mkdir(exist_ok=True)
            scratch.write_text(json.dumps({"drawn": self._drawn}, indent=1) + "\n", encoding="utf-8")
            scratch.replace(self.path)
        except OSError as error:
            self.note = f"{self.path}: cannot be written ({error.strerror}); attempts aren't counted."


def _drawn(data: dict[str, Any]) -> dict[str, Any]:
    attempts = data["attempts"]
    if not isinstance(attempts, list) or not all(isinstance(given, dict) for given in attempts):
        raise TypeError
    return {
        "learner": str(data["learner"]),
        "hints": {str(name): int(count) for name, count in data["hints"].items()},
        "variant": data["variant"],
        "attempts": attempts,
    }
