"""One learner's version of a quiz: the numbers that were drawn, and the order in which options are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.quiz.text import Param


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question's draw.

    Attributes:
        params: The parameters' values.
        order: The ids of the options, steps or right sides in the order in which they are shown,
            so that the first is called a; empty for other questions.
    """

    params: Mapping[str, Param]
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """A quiz's draws for one seed, by the questions' ids."""

    quiz: str
    seed: str
    questions: Mapping[str, Drawn]

    def as_data(self) -> dict[str, Any]:
        """Give plain data, to be stored with an attempt."""
        return {
            "quiz": self.quiz,
            "seed": self.seed,
            "questions": {
                name: {
                    "params": {key: _listed(value) for key, value in drawn.params.items()},
                    "order": [*drawn.order],
                }
                for name, drawn in self.questions.items()
            },
        }


def variant_from_data(data: Mapping[str, Any]) -> Variant:
    """Rebuild a variant from what `as_data` gave."""
    return Variant(
        data["quiz"],
        data["seed"],
        {
            name: Drawn(
                {key: _frozen(value) for key, value in drawn["params"].items()}, tuple(drawn["order"])
            )
            for name, drawn in data["questions"].items()
        },
    )


def _listed(value: Param) -> Any:
    return [_listed(entry) for entry in value] if isinstance(value, tuple) else value


def _frozen(value: Any) -> Param:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
