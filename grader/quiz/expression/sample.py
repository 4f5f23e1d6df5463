"""Draw the points at which two formulas are compared: the same on every machine and version, and humane to read."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

POINTS = 20


@dataclass(frozen=True, slots=True)
class Domain:
    """Where a symbol's values come from.

    Attributes:
        low: The lower end.
        high: The upper end, at least `low`.
        whole: Whether only whole numbers are meant.

    Raises:
        ValueError: The ends are not finite, or out of order, or hold no whole number between them.
    """

    low: float
    high: float
    whole: bool = False

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and math.isfinite(self.high - self.low)):
            raise ValueError(f"a domain has two finite ends, not {self.low!r} and {self.high!r}.")
        if self.low > self.high:
            raise ValueError(f"a domain begins at its lower end; {self.low!r} is above {self.high!r}.")
        if self.whole and math.ceil(self.low) > math.floor(self.high):
            raise ValueError(f"no whole number lies between {self.low!r} and {self.high!r}.")


def points(domains: Mapping[str, Domain], seed: str, count: int = POINTS) -> list[dict[str, float]]:
    """Draw points, one value for each symbol.

    Each symbol's domain is cut into `count` strips, and each strip is visited once, in an order of
    its own (a Latin hypercube; McKay, Beckman and Conover 1979), so that no part of a domain is
    missed. Most values have few digits, so that a point can be shown and checked by hand; those of
    each fifth point have all, so that no formula is right on a grid only.

    Args:
        domains: The symbols, in any order.
        seed: Names the draw; each symbol's values depend on it and on the symbol alone.
        count: How many points.
    """
    columns = {symbol: _column(domain, f"{seed}/{symbol}", count) for symbol, domain in domains.items()}
    return [{symbol: column[k] for symbol, column in columns.items()} for k in range(count)]


def fraction(key: str) -> float:
    """Turn a text into a number from [0, 1), evenly spread: the first 53 bits of its BLAKE2b digest."""
    return (int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") >> 11) / 2**53


def _column(domain: Domain, key: str, count: int) -> Sequence[float]:
    strips = sorted(range(count), key=lambda k: fraction(f"{key}/strip/{k}"))
    shares = [(strip + fraction(f"{key}/{strip}")) / count for strip in strips]
    return [_value(domain, share, short=k % 5 != 4) for k, share in enumerate(shares)]


def _value(domain: Domain, share: float, *, short: bool) -> float:
    if domain.whole:
        low, high = math.ceil(domain.low), math.floor(domain.high)
        return float(low + min(int(share * (high - low + 1)), high - low))
    width = domain.high - domain.low
    exact = domain.low + share * width
    if width == 0 or not short:
        return exact
    # Two digits finer than a strip: enough that no coincidence is likely.
    rounded = round(exact, 3 - math.floor(math.log10(width)))
    return rounded if domain.low <= rounded <= domain.high else exact
