"""The store: one SQLite file that keeps every hand-in, result and run of a batch, written as they come.

It is opened for one process at a time, and that lock goes with the process, however it ends.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from grader.batch.handin import Learner
from grader.batch.record import Entry, Result, Run
from grader.batch.soundness import LOCK_S, Found, has_journal, look, look_apart, seal_of
from grader.batch.task import Graded, Variant
from grader.errors import Fault, UsageFault

NAME = "batch.sqlite"
_VERSION = 1
_TABLES = """
CREATE TABLE run (
    id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, items TEXT NOT NULL, about TEXT NOT NULL
) STRICT;
CREATE TABLE learner (
    run INTEGER NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL,
    platform_ids TEXT NOT NULL, PRIMARY KEY (run, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE hand_in (
    run INTEGER NOT NULL, learner TEXT NOT NULL, item TEXT NOT NULL, key TEXT NOT NULL, sha256 TEXT NOT NULL,
    origin TEXT NOT NULL, late INTEGER NOT NULL, handed_in_at TEXT NOT NULL, learners TEXT NOT NULL, fault TEXT NOT NULL,
    variant TEXT NOT NULL,
    PRIMARY KEY (run, learner, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE submission (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;
CREATE TABLE result (
    key TEXT PRIMARY KEY, item TEXT NOT NULL, sha256 TEXT NOT NULL, made_with TEXT NOT NULL, graded_at TEXT NOT NULL,
    points REAL NOT NULL, review INTEGER NOT NULL, layers TEXT NOT NULL, cpu_s REAL NOT NULL, peak_mb REAL NOT NULL,
    seconds REAL NOT NULL, report TEXT NOT NULL, seal INTEGER NOT NULL
) STRICT;
"""


class Store:
    """An open store; close it, or use it as a context manager.

    Raises:
        UsageFault: Another run has it open.
        Fault: It is damaged, or written by another version; nothing in it was changed.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        try:
            self._db = sqlite3.connect(self.path, timeout=LOCK_S, isolation_level=None)
        except sqlite3.Error as error:
            raise Fault(f"{self.path}: can't be opened ({error}).") from None
        try:
            self._open()
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self) -> None:
        with self._told():
            if has_journal(self.path):
                self._must_be_ours(look_apart(self.path, _VERSION))
            # The lock is taken by the first write and held until the end.
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            found = look(self._db, self.path, _VERSION)
            self._must_be_ours(found)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            if not found.tables:
                self._db.execute("BEGIN IMMEDIATE")
                for statement in _TABLES.strip().split(";\n"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {_VERSION}")
                self._db.execute("COMMIT")

    def _must_be_ours(self, found: Found) -> None:
        if found.fault:
            raise self._damaged(found.fault)
        if found.tables and found.layout != _VERSION:
            raise Fault(
                f"{self.path}: was written by another version of the grader (layout {found.layout}, here {_VERSION}); "
                "give another folder with --out."
            )

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what SQLite says into a sentence with what to do."""
        try:
            yield
        except sqlite3.Error as error:
            # Never half a transaction: it would hold on to the journal.
            with suppress(sqlite3.Error):
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
            if "locked" in str(error):
                raise UsageFault(f"{self.path}: another run has it open; wait for its end.") from None
            if "full" in str(error) or "disk I/O" in str(error):
                raise Fault(
                    f"{self.path}: can't be written ({error}); what was graded so far is kept. "
                    "Make room, and the same command goes on where it stopped."
                ) from None
            if "readonly" in str(error) or "unable to open" in str(error):
                raise Fault(f"{self.path}: can't be written ({error}).") from None
            raise self._damaged(str(error)) from None

    def _damaged(self, words: str) -> Fault:
        return Fault(
            f"{self.path}: is damaged ({words}); nothing was changed. Put a copy from a backup in its place, "
            "or move it away and the batch is graded anew."
        )

    def close(self) -> None:
        """Let go of it."""
        self._db.close()

    # Writing.

    def begin_run(self, started: str, items: Iterable[str], about: Mapping[str, str]) -> int:
        """Enter a new run; give its id."""
        with self._told():
            cursor = self._db.execute(
                "INSERT INTO run (started, items, about) VALUES (?, ?, ?)",
                (started, json.dumps(list(items)), json.dumps(dict(about))),
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def enter(self, run: int, learners: Iterable[Learner], entries: Iterable[tuple[Entry, bytes]]) -> None:
        """Keep who is in the run, what they handed in, and its bytes; all of it or nothing."""
        with self._told():
            self._db.execute("BEGIN IMMEDIATE")
            for entry, data in entries:
                self._db.execute(
                    "INSERT OR REPLACE INTO hand_in VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (run, entry.learner, entry.item, entry.key, entry.sha256, entry.origin, entry.late,
                     entry.handed_in_at, json.dumps(entry.learners), entry.fault, _as_text(entry.variant)),
                )  # fmt: skip
                known = self._db.execute(
                    "SELECT 1 FROM submission WHERE sha256 = ?", (entry.sha256,)
                ).fetchone()
                if not known and not entry.fault:
                    self._db.execute(
                        "INSERT INTO submission VALUES (?, ?)", (entry.sha256, zlib.compress(data, 1))
                    )
            self._db.executemany(
                "INSERT INTO learner VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (run, position, one.id, one.name, one.email, json.dumps(one.platform_ids))
                    for position, one in enumerate(learners)
                ),
            )
            self._db.execute("COMMIT")

    def keep(self, graded: Graded, sha256: str, made_with: Mapping[str, object], graded_at: str) -> None:
        """Keep a result; it is safe once this returns."""
        with self._told():
            self._db.execute(
                "INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (graded.key, graded.item, sha256, json.dumps(dict(made_with)), graded_at, graded.points,
                 graded.review, json.dumps(graded.layers), graded.cpu_s, graded.peak_mb, graded.seconds,
                 graded.report, seal_of(graded.key, graded.points, graded.report)),
            )  # fmt: skip

    def settle_run(self, run: int, items: Iterable[str]) -> Run:
        """Note which items a run covers; one that says just what the latest before it says becomes that one."""
        with self._told():
            self._db.execute("UPDATE run SET items = ? WHERE id = ?", (json.dumps(list(items)), run))
        *earlier, this = self.runs()
        if not earlier or not self._says_the_same(this, earlier[-1]):
            return this
        with self._told():
            self._db.execute("BEGIN IMMEDIATE")
            for table, column in (("hand_in", "run"), ("learner", "run"), ("run", "id")):
                self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (run,))  # noqa: S608 - our own words
            self._db.execute("COMMIT")
        return earlier[-1]

    def _says_the_same(self, this: Run, other: Run) -> bool:
        if (this.items, this.about) != (other.items, other.about):
            return False
        columns = {
            "hand_in": "learner, item, key, origin, late, handed_in_at, learners, fault, variant",
            "learner": "position, id, name, email, platform_ids",
        }
        pairs = ((this.id, other.id), (other.id, this.id))
        return not any(
            self._db.execute(
                f"SELECT {names} FROM {table} WHERE run = ? EXCEPT SELECT {names} FROM {table} WHERE run = ? LIMIT 1",  # noqa: S608
                pair,
            ).fetchone()
            for table, names in columns.items()
            for pair in pairs
        )

    def finish_run(self, run: Run, finished: str) -> None:
        """Note that all of a run is graded."""
        with self._told():
            self._db.execute("UPDATE run SET finished = ? WHERE id = ?", (finished, run.id))

    # Reading.

    def runs(self) -> list[Run]:
        """Give all runs, the first first."""
        with self._told():
            rows = self._db.execute(
                "SELECT id, started, finished, items, about FROM run ORDER BY id"
            ).fetchall()
        return [Run(n, started, finished, tuple(json.loads(items)), json.loads(about))
                for n, started, finished, items, about in rows]  # fmt: skip

    def learners(self, run: int) -> list[Learner]:
        """Give the learners of a run in their order."""
        with self._told():
            rows = self._db.execute(
                "SELECT id, name, email, platform_ids FROM learner WHERE run = ? ORDER BY position", (run,)
            ).fetchall()
        return [
            Learner(i, name, email, tuple((a, b) for a, b in json.loads(ids))) for i, name, email, ids in rows
        ]

    def entries(self, run: int, item: str | None = None, learner: str | None = None) -> Iterator[Entry]:
        """Walk over what was handed in for a run, by item or by learner where one is given."""
        wanted = {"item": item, "learner": learner}
        given = {name: value for name, value in wanted.items() if value is not None}
        where = "".join(f" AND {name} = :{name}" for name in given)
        with self._told():
            cursor = self._db.execute(
                "SELECT learner, item, key, sha256, origin, late, handed_in_at, learners, fault, variant FROM hand_in "  # noqa: S608
                f"WHERE run = :run{where} ORDER BY item, learner",
                {"run": run, **given},
            )
            for one, its_item, key, sha256, origin, late, at, learners, fault, variant in cursor:
                yield Entry(
                    one,
                    its_item,
                    key,
                    sha256,
                    origin,
                    bool(late),
                    at,
                    tuple(json.loads(learners)),
                    fault,
                    _as_variant(variant),
                )

    def ungraded(self, run: int) -> list[tuple[str, str, str, Variant | None]]:
        """Give key, item, hash and variant of all that a run still lacks results for, each key once, by item.

        One that needs review counts as lacking: what was in the way may be gone.
        """
        with self._told():
            rows = self._db.execute(
                "SELECT key, item, min(sha256), min(variant) FROM hand_in WHERE run = ? AND fault = '' "
                "AND key NOT IN (SELECT key FROM result WHERE NOT review) GROUP BY key ORDER BY item, min(origin)",
                (run,),
            ).fetchall()
        return [(key, item, sha256, _as_variant(variant)) for key, item, sha256, variant in rows]

    def earlier(self, run: int, learner: str, item: str, sha256: str) -> tuple[str, ...]:
        """Give the hashes of what a learner handed in for an item in the runs before one, the oldest first."""
        with self._told():
            rows = self._db.execute(
                "SELECT sha256 FROM hand_in WHERE run < ? AND learner = ? AND item = ? AND sha256 NOT IN (?, '') "
                "GROUP BY sha256 ORDER BY min(run)",
                (run, learner, item, sha256),
            ).fetchall()
        return tuple(row[0] for row in rows)

    def layers(self, run: int) -> tuple[str, ...]:
        """Tell under which layers a run's submissions were graded; those of its first result."""
        with self._told():
            row = self._db.execute(
                "SELECT layers FROM result WHERE layers != '[]' AND key IN (SELECT key FROM hand_in WHERE run = ?) LIMIT 1",
                (run,),
            ).fetchone()
        return tuple(json.loads(row[0])) if row else ()

    def is_graded(self, key: str) -> bool:
        """Tell whether there is a result of this name, one that needs no review."""
        with self._told():
            return (
                self._db.execute("SELECT 1 FROM result WHERE key = ? AND NOT review", (key,)).fetchone()
                is not None
            )

    def submission(self, sha256: str) -> bytes:
        """Give the submitted bytes."""
        with self._told():
            row = self._db.execute("SELECT data FROM submission WHERE sha256 = ?", (sha256,)).fetchone()
        return zlib.decompress(row[0])

    def result(self, key: str) -> Result | None:
        """Give a result, if there is one."""
        with self._told():
            row = self._db.execute(
                "SELECT key, item, sha256, made_with, graded_at, points, review, layers, cpu_s, peak_mb, report "
                "FROM result WHERE key = ?",
                (key,),
            ).fetchone()
        if row is None:
            return None
        return Result(row[0], row[1], row[2], json.loads(row[3]), row[4], row[5], bool(row[6]),
                      tuple(json.loads(row[7])), row[8], row[9], row[10])  # fmt: skip


def _as_text(variant: Variant | None) -> str:
    return "" if variant is None else json.dumps([variant.names, variant.earlier])


def _as_variant(text: str) -> Variant | None:
    if not text:
        return None
    names, earlier = json.loads(text)
    return Variant(tuple(names), tuple(earlier))
