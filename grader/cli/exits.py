"""Run a command so that every ending has an exit code and no traceback reaches a user, save for a defect."""

import os
import sys
from collections.abc import Callable
from typing import NoReturn

import click

from grader.errors import Fault

INTERRUPTED = 130
DEFECT = 3


def run_and_exit(command: click.Command, name: str) -> NoReturn:
    """Run a click command and leave the process with its exit code, without tearing Python down."""
    # Pydantic would look through every installed package for plugins of its own.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    leave(_code_of(lambda: command.main(prog_name=name, standalone_mode=False), name))


def leave(code: int) -> NoReturn:
    """Flush and leave at once: tearing the interpreter down costs 30 ms and does nothing for anybody."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass
    os._exit(code)


def _code_of(call: Callable[[], object], name: str) -> int:
    try:
        code = call()
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo(f"{name}: stopped.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        return 0
    except Fault as fault:
        for sentence in str(fault).splitlines():
            click.echo(f"{name}: {sentence}", err=True)
        return fault.exit_code
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo(
            f"{name}: this is a defect of the grader, not of your work; please report it with the lines above.",
            err=True,
        )
        return DEFECT
    return code if isinstance(code, int) else 0
