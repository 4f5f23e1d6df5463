"""The grader's own files that go out: its modules, its data files by name, and what makes it installable."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path, PurePosixPath

import grader
from grader.release.outgoing import Outgoing, read_own

# A data file that isn't named here stays behind.
DATA_FILES = (
    "LICENSE",
    "authoring/template/alternative.py.txt",
    "authoring/template/checks.py.txt",
    "authoring/template/exercise.yaml",
    "authoring/template/reference.py.txt",
    "authoring/template/stub.py.txt",
    "authoring/template/wrong.py.txt",
    "checking/pytest.ini",
    "export/page/style.css",
    "py.typed",
    "release/template/README.md",
    "release/template/gitignore.txt",
    "release/template/pyproject.toml",
)


def package_files() -> Iterator[Outgoing]:
    """Give the files of the running grader, as `grader/…`.

    Raises:
        CourseFault: One of them is missing or a link.
    """
    package = Path(grader.__file__).parent
    for path in sorted([*_modules(package), *map(PurePosixPath, DATA_FILES)]):
        yield Outgoing(PurePosixPath("grader") / path, read_own(package, path), package / path)


def project_files(readme: str) -> Iterator[Outgoing]:
    """Give what makes the release a project that pip installs, with this README."""
    yield Outgoing(PurePosixPath("README.md"), readme.encode())
    yield Outgoing(PurePosixPath("pyproject.toml"), template("pyproject.toml").encode())
    yield Outgoing(PurePosixPath(".gitignore"), template("gitignore.txt").encode())


def template(name: str) -> str:
    """Read one of the release's templates."""
    return files("grader.release").joinpath("template", name).read_text(encoding="utf-8")


def _modules(package: Path, inside: str = ".") -> Iterator[PurePosixPath]:
    """Name what can be imported: Python files in folders that say they are packages."""
    for path in (package / inside).iterdir():
        if path.suffix == ".py" and path.stem.isidentifier():
            yield PurePosixPath(inside, path.name)
        elif path.name.isidentifier() and (path / "__init__.py").is_file():
            yield from _modules(package, f"{inside}/{path.name}")
