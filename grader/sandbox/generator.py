"""Random generators across the boundary: their state goes there, and the advanced state comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.sandbox.wire import CannotSend, WireError

if TYPE_CHECKING:
    from numpy.random import BitGenerator, Generator, SeedSequence

_KINDS: dict[str, type[BitGenerator]] = {
    "MT19937": np.random.MT19937,
    "PCG64": np.random.PCG64,
    "PCG64DXSM": np.random.PCG64DXSM,
    "Philox": np.random.Philox,
    "SFC64": np.random.SFC64,
}
# numpy doesn't check these when a state is set: a position past the end would read foreign memory.
_HIGHEST = {"pos": 624, "buffer_pos": 4, "has_uint32": 1, "uinteger": 2**32 - 1}
_MAX_SPAWNED = 10_000


def describe(generator: Generator) -> list[object]:
    """Everything that a twin of this generator needs, as plain data."""
    bits = generator.bit_generator
    kind = type(bits).__name__
    if _KINDS.get(kind) is not type(bits):
        raise CannotSend(f"a generator over {kind} can't be sent to a submission")
    return [kind, _describe_seed(bits.seed_seq), bits.state]


def _describe_seed(seed: object) -> list[object] | None:
    if type(seed) is not np.random.SeedSequence:
        return None
    return [seed.entropy, list(seed.spawn_key), seed.pool_size, seed.n_children_spawned]


def rebuild(kind: str, seed: list[object] | None, state: dict[str, object]) -> Generator:
    """The twin, on the worker's side."""
    bits = _KINDS[kind](_rebuild_seed(seed))
    bits.state = state
    return np.random.Generator(bits)


def _rebuild_seed(seed: list[object] | None) -> SeedSequence:
    if seed is None:
        return np.random.SeedSequence(0)
    entropy, spawn_key, pool_size, spawned = seed
    return np.random.SeedSequence(
        entropy,  # type: ignore[arg-type]
        spawn_key=spawn_key,  # type: ignore[arg-type]
        pool_size=pool_size,  # type: ignore[arg-type]
        n_children_spawned=spawned,  # type: ignore[arg-type]
    )


def progress(generator: Generator) -> list[object]:
    """What a call has changed about a generator: its state and how many children it has spawned."""
    bits = generator.bit_generator
    return [bits.state, getattr(bits.seed_seq, "n_children_spawned", 0)]


def advance(generator: Generator, change: object) -> None:
    """Bring the check's own generator to where the submission left its twin; raises WireError."""
    bits = generator.bit_generator
    if type(change) is not list or len(change) != 2 or not _alike(bits.state, change[0]):
        raise WireError("generator state")
    bits.state = change[0]
    seed = bits.seed_seq
    if isinstance(seed, np.random.SeedSequence) and type(change[1]) is int:
        spawned = change[1] - seed.n_children_spawned
        if not 0 <= spawned <= _MAX_SPAWNED:
            raise WireError("generator children")
        seed.spawn(spawned)


def _alike(known: object, given: object, name: str = "") -> bool:
    """Is `given` of the form of a state that numpy itself gave us, with every number in its range?"""
    if isinstance(known, dict):
        return (
            type(given) is dict
            and given.keys() == known.keys()
            and all(_alike(known[key], given[key], key) for key in known)
        )
    if isinstance(known, np.ndarray):
        return type(given) is np.ndarray and (given.shape, given.dtype) == (known.shape, known.dtype)
    if isinstance(known, int):
        return type(given) is int and 0 <= given <= _HIGHEST.get(name, 2**128 - 1)
    return type(given) is type(known) and given == known
