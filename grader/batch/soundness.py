"""Look whether a store is sound, before anything is written to it."""

import json
import os
import sqlite3
import subprocess
import sys
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

LOCK_S = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds.

    Attributes:
        layout: The number of the layout that it was written with; 0 where there is none.
        tables: How many tables and indices it has.
        fault: What is wrong with it; empty when it is sound.
    """

    layout: int
    tables: int
    fault: str = ""


def seal_of(key: str, points: float, report: str) -> int:
    """Give the number by which a result is recognised as the one that was written (CRC-32)."""
    return zlib.crc32(f"{key} {float(points)!r} {report}".encode())


def look(store: sqlite3.Connection, path: Path, layout: int) -> Found:
    """Look at all of an open store, under its lock, and write nothing.

    Raises:
        sqlite3.Error: Another process has it open, or it can't be read.
    """
    store.execute("BEGIN IMMEDIATE")
    try:
        found = store.execute("PRAGMA user_version").fetchone()[0]
        tables = store.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        return Found(found, tables, _fault(store, path, layout) if tables else "")
    finally:
        store.execute("ROLLBACK")


def _fault(store: sqlite3.Connection, path: Path, layout: int) -> str:
    pages = store.execute("PRAGMA page_count").fetchone()[0]
    size = store.execute("PRAGMA page_size").fetchone()[0]
    # SQLite takes what is lacking for zeros. Where there is a journal, pages may be in that alone.
    if path.stat().st_size < pages * size and not has_journal(path):
        return "its end is missing"
    told = str(store.execute("PRAGMA quick_check(1)").fetchone()[0])
    if told != "ok":
        return " ".join(told.split())
    if store.execute("PRAGMA user_version").fetchone()[0] == layout:
        for key, points, report, seal in store.execute("SELECT key, points, report, seal FROM result"):
            if seal_of(key, points, report) != seal:
                return "a result isn't what was written"
    return ""


def has_journal(path: Path) -> bool:
    """Tell whether results lie in the journal beside the store, as they do after a kill."""
    journal = path.with_name(f"{path.name}-wal")
    return journal.is_file() and journal.stat().st_size > 0


def look_apart(path: Path, layout: int) -> Found:
    """Look at a store in a process that never closes it: closing would fold the journal into the store.

    Raises:
        sqlite3.Error: Another process has it open, or it can't be read.
    """
    if not path.stat().st_size:  # SQLite would throw the journal away
        return Found(0, 0, "it is empty, and results lie in the journal beside it")
    call = "from grader.batch import soundness; soundness.main()"
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-P", "-c", call, path, str(layout)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise sqlite3.DatabaseError(done.stderr.strip().rpartition("\n")[2])
    return Found(**json.loads(done.stdout))


def main() -> None:
    """Look at the store that the command line names, print what is found, and leave without closing it."""
    path, layout = Path(sys.argv[1]), int(sys.argv[2])
    code = 0
    try:
        store = sqlite3.connect(path, timeout=LOCK_S, isolation_level=None)
        store.execute("PRAGMA locking_mode = EXCLUSIVE")
        print(json.dumps(asdict(look(store, path, layout))), flush=True)  # noqa: T201 - to the process that asked
    except sqlite3.Error as error:
        print(error, file=sys.stderr, flush=True)  # noqa: T201
        code = 1
    os._exit(code)
