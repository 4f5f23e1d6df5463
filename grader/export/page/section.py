"""What every section of the page has in common: it takes the rows one by one and then writes itself."""

from typing import Protocol

from grader.batch.gradebook import Row
from grader.export.page.markup import Html


class Section(Protocol):
    """A part of the page with a heading of its own."""

    @property
    def anchor(self) -> str:
        """Its id in the page."""

    @property
    def title(self) -> str:
        """Its heading."""

    def take(self, row: Row) -> None:
        """Take what it needs from a learner's row, and keep no more than that."""

    def body(self) -> Html:
        """Write everything below the heading; empty when there is nothing to tell."""


class Watchful(Section, Protocol):
    """A section that may have found what staff should look at first."""

    def alerts(self) -> list[Html]:
        """Say so, one line each, with a link."""
