"""Golden files: what an output looked like when somebody last read it with care."""

from collections.abc import Callable
from pathlib import Path

import pytest

GOLD = Path(__file__).parent / "gold"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare with a golden file; `pytest tests/export --update-goldens` writes them anew."""

    def compare(name: str, content: bytes) -> None:
        if request.config.getoption("--update-goldens", default=False):
            GOLD.mkdir(exist_ok=True)
            (GOLD / name).write_bytes(content)
        assert content.decode() == (GOLD / name).read_text(encoding="utf-8")

    return compare
