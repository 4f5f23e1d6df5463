"""One sandbox of each kind for all tests, and submissions to put into them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from grader.sandbox import Host, Limits, Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="session", params=["confined", "weak"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """The sandbox in each of its two kinds."""
    with Sandbox(weak=request.param == "weak") as made:
        if request.param == "confined" and not made.confined:
            pytest.skip("this kernel can't confine")
        yield made


@pytest.fixture(scope="session")
def confined() -> Iterator[Sandbox]:
    """The sandbox as the operating system confines it."""
    if sys.platform != "linux":
        pytest.skip("only Linux confines")
    with Sandbox() as made:
        yield made


@pytest.fixture
def put(sandbox: Sandbox) -> Iterator[Callable[..., Host]]:
    """Make a host for a source, and close it after the test."""
    hosts: list[Host] = []

    def make(source: str, *, filename: str = "work.py", **limits: float) -> Host:
        hosts.append(sandbox.host(source, filename, seed=7, limits=Limits(**limits)))  # type: ignore[arg-type]
        return hosts[-1]

    yield make
    for host in hosts:
        host.close()


@pytest.fixture
def put_confined(confined: Sandbox) -> Iterator[Callable[..., Host]]:
    """Make a confined host for a source, and close it after the test."""
    hosts: list[Host] = []

    def make(source: str, *, filename: str = "work.py", **limits: float) -> Host:
        hosts.append(confined.host(source, filename, seed=7, limits=Limits(**limits)))  # type: ignore[arg-type]
        return hosts[-1]

    yield make
    for host in hosts:
        host.close()
