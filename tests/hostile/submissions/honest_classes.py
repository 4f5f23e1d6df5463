"""
tries: nothing; its class is a dataclass with slots, made by inheritance, with a generator and properties
expect: {rest: PASSED}
"""
# + honest.py
from abc import ABC, abstractmethod
from dataclasses import dataclass, field


class _Adds(ABC):
    @abstractmethod
    def add(self, number): ...


@dataclass(slots=True, eq=True)
class _Numbers:
    numbers: list = field(default_factory=list)


class Total(_Numbers, _Adds):
    def add(self, number):
        self.numbers = [*self.numbers, number]
        return self

    @property
    def total(self):
        return float(sum(self.numbers))

    def steps(self):
        return (number for number in self.numbers)

    def __del__(self):
        self.numbers = None
