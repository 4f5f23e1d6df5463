"""The terminal that a command runs on: its width, its colours, and whether there is anybody to ask."""

import os
import shutil
import sys

import click

_PIPED = 100
_WIDEST = 100


def width() -> int:
    """Columns of the terminal; 100 where output is piped."""
    return shutil.get_terminal_size((_PIPED, 24)).columns if sys.stdout.isatty() else _PIPED


def text_width() -> int:
    """Columns for running text, which is read badly in very long lines."""
    return min(width(), _WIDEST)


def colour() -> bool | None:
    """Whether the user wants colour; None leaves it to whether this is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def is_manned() -> bool:
    """Whether somebody sits there who can be asked: both ends are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(prompt: str, style: str = "") -> str:
    """Ask for a line, with editing and history where Python has readline.

    Args:
        prompt: What stands before it.
        style: The codes that begin its colour.

    Raises:
        EOFError: Ctrl-D.
        KeyboardInterrupt: Ctrl-C.
    """
    if style and colour() is not False:
        # readline must be told which characters take no room.
        prompt = f"\x01{style}\x02{prompt}\x01\x1b[0m\x02" if _editing() else f"{style}{prompt}\x1b[0m"
    sys.stdout.flush()
    return input(prompt)


def _editing() -> bool:
    try:
        import readline
    except ImportError:
        return False
    # Else Tab would offer the names of files.
    readline.set_completer(lambda _text, _state: None)
    return True


def remember(line: str) -> None:
    """Put a line where the arrow key finds it."""
    try:
        import readline
    except ImportError:
        return
    if line and "\n" not in line:
        readline.add_history(line)


def say(text: str) -> None:
    """Print lines for people."""
    click.echo(text, color=colour())


def note(text: str) -> None:
    """Print a remark beside the output."""
    click.echo(f"Note: {text}", err=True)
