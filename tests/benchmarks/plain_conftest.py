"""Fixtures of a plain pytest run over submissions: one process, unconfined, no grader around.

It is copied beside the checks as `conftest.py`; SUBMISSIONS names a file, or a folder of them.
"""

import functools
import os
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from grader.checking.local import LocalSubmission
from grader.checking.modules import load_module

GIVEN = Path(os.environ["SUBMISSIONS"])
FILES = [GIVEN] if GIVEN.is_file() else sorted(GIVEN.rglob("*.py"))

load = functools.cache(LocalSubmission)


@pytest.fixture(params=FILES, ids=lambda path: path.parent.name)
def submission(request: pytest.FixtureRequest) -> LocalSubmission:
    return load(request.param)


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    return np.random.default_rng(sum(map(ord, request.node.originalname)))


@pytest.fixture(scope="session")
def solution() -> ModuleType:
    return load_module(Path(__file__).with_name("solution.py"))
