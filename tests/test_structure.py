"""The shape of the code: imports point one way, and what a module exports is sorted and real."""

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import grader

PACKAGE = Path(grader.__file__).parent

# From the ground up: a module may import from its own layer's package and from any layer before it.
LAYERS = (
    ("grader.version",),
    ("grader",),
    ("grader.errors", "grader.outcome", "grader.printable"),
    ("grader.sandbox", "grader.yamlfile", "grader.source", "grader.quiz.expression"),
    ("grader.model",),
    ("grader.spec",),
    ("grader.quiz",),
    ("grader.course",),
    ("grader.checking",),
    ("grader.testing",),
    ("grader.attempts", "grader.grading", "grader.progress", "grader.reset"),
    (
        "grader.missed",
        "grader.sitting",
        "grader.standing",
        "grader.verify",
        "grader.authoring",
        "grader.batch",
    ),
    ("grader.release", "grader.render"),
    ("grader.export",),
    ("grader.cli",),
)


def modules() -> list[str]:
    """Name every module of the package."""
    return ["grader", *(info.name for info in pkgutil.walk_packages([str(PACKAGE)], "grader."))]


def home(module: str) -> tuple[int, str]:
    """Find a module's layer, and which of the layer's packages it belongs to."""
    return max(
        (
            (level, name)
            for level, names in enumerate(LAYERS)
            for name in names
            if module == name or module.startswith(name + ".")
        ),
        key=lambda found: len(found[1]),
    )


def submodule(package: str, name: str) -> str:
    """Name what `from package import name` takes: a module of the package, or something in the package."""
    return f"{package}.{name}" if f"{package}.{name}" in modules() else package


def imports(module: str) -> list[str]:
    """Name the modules of ours that a module imports anywhere, also inside functions."""
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    found = []
    for node in ast.walk(ast.parse(Path(spec.origin).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{module}: a relative import"
            found += [submodule(node.module, alias.name) for alias in node.names]
    return [name for name in found if name == "grader" or name.startswith("grader.")]


@pytest.mark.parametrize("module", [name for name in modules() if name != "grader"])
def test_imports_point_one_way(module: str) -> None:
    """A module imports from its own package and from lower layers, never upwards or sideways."""
    level, package = home(module)
    for imported in imports(module):
        there, other = home(imported)
        assert there < level or other == package, f"{module} imports {imported}"


@pytest.mark.parametrize("module", modules())
def test_what_a_module_exports_is_sorted_and_exists(module: str) -> None:
    """`__all__` lists each public name once, in order, and every name in it can be had."""
    exported = getattr(importlib.import_module(module), "__all__", [])
    assert list(exported) == sorted(set(exported))
    assert [name for name in exported if not hasattr(importlib.import_module(module), name)] == []


@pytest.mark.parametrize("module", ["grader", "grader.sandbox", "grader.testing"])
def test_the_public_packages_say_what_they_export(module: str) -> None:
    """The three packages that others import from declare their names."""
    assert importlib.import_module(module).__all__


@pytest.mark.parametrize("command", ["grade", "grader"])
def test_the_help_of_a_command_loads_nothing_heavy(command: str) -> None:
    """`grade --help` answers without numpy, pytest, pydantic or rich."""
    script = (
        f"import sys; from grader.cli.{command} import main; main(['--help'], standalone_mode=False); "
        "print(sorted({'numpy', 'pytest', 'pydantic', 'rich', 'yaml'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-1] == "[]"
