"""Staff's solutions one after the other in the same worker: each is met as if it had one of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.sandbox import MissingName, SubmissionDied, SubmissionError, SubmissionTimeout

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.sandbox import Host

ONE = "import os\ndef one():\n    return os.getpid()\n"
TWO = "import os\ndef two():\n    return os.getpid()\n"
SPIN = "def spin(seconds):\n    import time\n    end = time.process_time() + seconds\n    while time.process_time() < end:\n        pass\n"


def test_the_next_file_takes_the_place_of_the_one_before(put: Callable[..., Host]) -> None:
    host = put(ONE)
    host.begin()
    pid = host.submission.one()
    host.reseat(TWO)
    host.begin()
    assert host.submission.two() == pid
    with pytest.raises(MissingName):
        host.submission.one  # noqa: B018 - the name is looked up


def test_loading_leaves_no_event(put: Callable[..., Host]) -> None:
    host = put(ONE)
    host.begin()
    host.submission.one()
    host.reseat(TWO)
    host.begin()
    host.submission.two()
    assert [event.name for event in host.events] == ["two"]


def test_a_file_that_cant_be_loaded_doesnt_harm_the_next(put: Callable[..., Host]) -> None:
    host = put("1 / 0\n")
    with pytest.raises(SubmissionError):
        host.names()
    host.reseat(ONE)
    host.begin()
    assert host.names() == {"one": True}


def test_a_file_whose_worker_died_doesnt_harm_the_next(put: Callable[..., Host]) -> None:
    host = put("import os\ndef die():\n    os._exit(3)\n")
    host.begin()
    with pytest.raises(SubmissionDied):
        host.submission.die()
    host.reseat(ONE)
    host.begin()
    assert host.names() == {"one": True}


def test_unseeded_draws_are_those_of_a_fresh_worker(put: Callable[..., Host]) -> None:
    draws = "import random\nimport numpy as np\ndef draw():\n    return [random.random(), np.random.rand(), np.random.default_rng().random()]\n"
    host = put(draws)
    host.begin()
    first = host.submission.draw()
    host.submission.draw()
    host.reseat(draws)
    host.begin()
    assert host.submission.draw() == first


def test_each_file_has_all_of_the_time(put_confined: Callable[..., Host]) -> None:
    host = put_confined(SPIN, check_s=2.0, item_s=0.4)
    for _ in range(3):
        host.begin()
        host.submission.spin(0.3)
        with pytest.raises(SubmissionTimeout) as caught:
            host.submission.spin(0.3)
        assert caught.value.whole_item
        host.reseat(SPIN)


def test_files_that_compute_much_dont_use_up_one_workers_time(put_confined: Callable[..., Host]) -> None:
    # The kernel would end a worker after item_s + 2 seconds.
    host = put_confined(SPIN, check_s=2.0, item_s=1.0)
    for _ in range(5):
        host.begin()
        host.submission.spin(0.8)
        host.reseat(SPIN)
