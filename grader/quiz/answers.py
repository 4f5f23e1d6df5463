"""Read a learner's `answers.yaml`: whatever it holds is told in a sentence, and never raises."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.errors import CourseFault, did_you_mean
from grader.printable import one_line
from grader.quiz.marking.plain import is_empty
from grader.quiz.quiz import Quiz
from grader.yamlfile import parse_yaml

MAX_BYTES = 256 * 1024

_KEYS = ("quiz", "learner", "hints", "answers")
# Of many faults the first are told.
_TOLD = 10
_LONGEST_NAME = 64
_MAX_HINTS = 100


@dataclass(frozen=True, slots=True)
class Answers:
    """What an answers file holds.

    Attributes:
        quiz: The quiz that it names.
        learner: The id that its numbers were drawn for, as it was written.
        hints: How many hints were opened, by question.
        given: The answers by question: texts as they were typed, lists and mappings of them; None
            for an empty one.
        unknown: What stands among the answers under other names.
        faults: What is wrong with the file, a sentence each, with the place.
        broken: Whether the file as a whole can't be used, so that no answer of it counts, right or wrong.
    """

    quiz: str = ""
    learner: str = ""
    hints: Mapping[str, int] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    unknown: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    broken: bool = False

    def answered(self, question: str) -> bool:
        """Tell whether a question has an answer."""
        return not is_empty(self.given.get(question))


def read_answers(raw: bytes, where: str, quiz: Quiz) -> Answers:
    """Read an answers file.

    Args:
        raw: The file's bytes, as they came.
        where: Names the file in messages.
        quiz: The quiz that it should answer.
    """
    try:
        data = _parsed(raw, where)
    except CourseFault as fault:
        return Answers(faults=(str(fault),), broken=True)
    if data is None:
        return Answers(quiz=quiz.id)
    return _Reader(where, quiz).read(data)


def _parsed(raw: bytes, where: str) -> Any:
    if len(raw) > MAX_BYTES:
        raise CourseFault(f"{where}: has {len(raw)} bytes, more than the {MAX_BYTES} that are read.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CourseFault(f"{where}: is not UTF-8 (byte {error.start}); save it as UTF-8.") from None
    try:
        return parse_yaml(text, where, as_texts=True)
    except CourseFault as fault:
        raise CourseFault(f"{fault} If this is a formula, put it in 'single quotes'.") from None


class _Reader:
    """Reads one file's data and gathers its faults."""

    def __init__(self, where: str, quiz: Quiz) -> None:
        self._where = where
        self._quiz = quiz
        self._faults: list[str] = []
        self._untold = 0
        self._broken = False

    def read(self, data: Any) -> Answers:
        if not isinstance(data, dict):
            self._break(f"holds {_shown(data)} where 'quiz', 'learner' and 'answers' are expected.")
            return self._answers()
        for key in data:
            if key not in _KEYS:
                self._fault(f"{_shown(key)} is not a key here.{_near(key, _KEYS)}")
        quiz = self._text(data.get("quiz"), "quiz")
        if quiz not in ("", self._quiz.id):
            self._break(f"quiz: these are answers to {_shown(quiz)}, not to {self._quiz.id!r}.")
        answers = data.get("answers")
        if answers is not None and not isinstance(answers, dict):
            self._break(f"answers: {_shown(answers)} is no mapping; write each as 'question: answer'.")
            answers = None
        answers = answers or {}
        for name in answers:
            if name not in self._quiz.plans:
                self._fault(
                    f"answers: {_shown(name)} is no question of {self._quiz.id}.{_near(name, self._quiz.plans)}"
                )
        return self._answers(
            quiz=quiz or self._quiz.id,
            learner=self._text(data.get("learner"), "learner"),
            hints=self._hints(data.get("hints")),
            given={name: answer for name, answer in answers.items() if name in self._quiz.plans},
            unknown={name: answer for name, answer in answers.items() if name not in self._quiz.plans},
        )

    def _answers(self, **found: Any) -> Answers:
        told = self._faults
        if self._untold:
            told = [*told, f"{self._where}: and {self._untold} more faults."]
        return Answers(**found, faults=tuple(told), broken=self._broken)

    def _text(self, given: Any, key: str) -> str:
        if given is None or isinstance(given, str):
            return (given or "").strip()
        self._fault(f"{key}: {_shown(given)} is no text.")
        return ""

    def _hints(self, given: Any) -> dict[str, int]:
        if given is None:
            return {}
        if not isinstance(given, dict):
            self._fault(f"hints: {_shown(given)} is no mapping; write each as 'question: 1'.")
            return {}
        opened = {}
        for name, count in given.items():
            if name not in self._quiz.plans:
                self._fault(
                    f"hints: {_shown(name)} is no question of {self._quiz.id}.{_near(name, self._quiz.plans)}"
                )
            elif not (isinstance(count, str) and count.isascii() and count.isdigit() and len(count) < 9):
                self._fault(f"hints.{name}: {_shown(count)} is no number of hints.")
            else:
                opened[name] = min(int(count), _MAX_HINTS)
        return opened

    def _fault(self, sentence: str) -> None:
        if len(self._faults) < _TOLD:
            self._faults.append(f"{self._where}: {sentence}")
        else:
            self._untold += 1

    def _break(self, sentence: str) -> None:
        self._broken = True
        # What makes the file useless is told first.
        self._faults.insert(0, f"{self._where}: {sentence}")


def _shown(given: Any) -> str:
    if isinstance(given, str):
        return repr(one_line(given, _LONGEST_NAME))
    return "a list" if isinstance(given, list) else "a mapping" if isinstance(given, dict) else "nothing"


def _near(given: Any, known: Any) -> str:
    return did_you_mean(given, known) if isinstance(given, str) and len(given) <= _LONGEST_NAME else ""
