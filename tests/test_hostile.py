"""Grade hostile submissions for real, and look afterwards at what each has taken, left and hurt.

The submissions are data under `hostile/submissions`: a docstring in YAML says what each one tries
and the outcome of every check. `# + NAME` takes in a file of `hostile/parts`; `@HOME@` and the like
become true paths, so that an attacker knows everything but what is secret. Whoever gets through
writes BREACH.
"""

from __future__ import annotations

import ctypes
import dataclasses
import hashlib
import json
import os
import re
import secrets
import select
import shutil
import signal
import socket
import stat
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from grader.course import Course
from grader.grading import grade
from grader.sandbox import Limits, Sandbox
from grader.source import Source, make_source
from grader.yamlfile import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.outcome import Report
    from grader.sandbox.process import Process

HOSTILE = Path(__file__).parent / "hostile"
ROOT = Path(__file__).parents[1]
KINDS = {
    "exit", "late", "loop", "memory", "thread", "fork", "flood", "files", "proc", "frames", "signals", "network",
    "privileges", "patch", "lie", "pickle", "wire", "bomb", "callback", "crash", "source", "text", "leak", "state",
    "honest",
}  # fmt: skip
OTHER_UID = 61235  # nobody's, and not the workers' own
PR_SET_CHILD_SUBREAPER = 36
# One frame may hold 256 MB; nothing here sends so much, but a few copies of 64 MB are in order.
MOST_GROWTH_MB = 300
HEARD = 8 << 20  # bytes of a run that are remembered
SHARED = ("/", "/tmp", "/var/tmp", "/dev/shm", "/run", str(Path.home()), str(Path.cwd()))
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux confines")


@dataclasses.dataclass(frozen=True)
class Hostile:
    """One submission as data."""

    name: str
    text: str
    tries: str
    expect: dict[str, str]
    weak: dict[str, str] | None = None
    weak_breach: bool = False  # the weak worker doesn't stop it
    repeat: dict[str, tuple[str, int]] = dataclasses.field(default_factory=dict)
    encoding: str = "utf-8"

    def __str__(self) -> str:
        return self.name


def read_hostile(path: Path) -> Hostile:
    """Read a submission and what its docstring declares."""
    _, docstring, text = path.read_text(encoding="utf-8").split('"""', 2)
    return Hostile(path.stem, text, **parse_yaml(docstring, str(path)))


CORPUS = [read_hostile(path) for path in sorted((HOSTILE / "submissions").glob("*.py"))]
WEAK = [hostile for hostile in CORPUS if hostile.weak is not None]


@dataclasses.dataclass
class Place:
    """A course, a home and a temporary folder that anybody may write to, full of things to steal."""

    root: Path
    canary: str
    marker: str
    listeners: list[socket.socket]

    @property
    def course(self) -> Course:
        """The course with one exercise."""
        return Course(self.root / "course")

    def fill(self, text: str) -> str:
        """Put parts and true paths in the place of their names."""
        text = re.sub(
            r"^# \+ (\S+)$", lambda m: (HOSTILE / "parts" / m[1]).read_text("utf-8"), text, flags=re.MULTILINE
        )
        names = {
            "COURSE": self.root / "course",
            "HOME": self.root / "home",
            "TMP": self.root / "tmp",
            "MARKER": self.marker,
            "KEY": self.key,
            "PORT": self.listeners[0].getsockname()[1],
            "PID": os.getpid(),
        }
        return re.sub("|".join(f"@{name}@" for name in names), lambda m: str(names[m[0].strip("@")]), text)

    @property
    def key(self) -> int:
        """What shared memory of this run would be called."""
        return int(self.marker[-7:], 16) + 1

    def source(self, hostile: Hostile) -> Source:
        """The submission as it is graded."""
        return make_source(self.content(hostile), "probe.py")

    def content(self, hostile: Hostile) -> bytes:
        """The submission as it is handed in."""
        text = self.fill(hostile.text)
        for name, (piece, times) in hostile.repeat.items():
            grown = "".join(piece.replace("{n}", str(n)).replace("{m}", str(n + 1)) for n in range(times))
            text = text.replace(f'"{name}"', grown).replace(name, grown)
        return text.encode(hostile.encoding)


class Tap:
    """A worker's socket that remembers every byte that came out of it."""

    def __init__(self, talk: socket.socket, heard: bytearray) -> None:
        self._talk = talk
        self._heard = heard

    def recv(self, size: int) -> bytes:
        """Receive, and remember."""
        data = self._talk.recv(size)
        self._heard += data[: max(0, HEARD - len(self._heard))]
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._talk, name)


class TappedSandbox(Sandbox):
    """The sandbox itself; only what its workers send is remembered as well."""

    def __init__(self, *, weak: bool = False) -> None:
        super().__init__(weak=weak)
        self.heard = bytearray()

    def launch(self, limits: Limits) -> Process:
        """Start a worker, and tap it."""
        process = super().launch(limits)
        process.talk = cast("socket.socket", Tap(process.talk, self.heard))
        return process


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """The place of all runs; staff's secret lies in it, in the environment and in this process's memory."""
    # Not tmp_path, whose parents shut other users out: only the sandbox itself may stand in the way.
    root = Path(tempfile.mkdtemp(prefix="hostile-"))
    listeners = _listeners(marker := f"hostile-{secrets.token_hex(8)}")
    made = Place(root, f"CANARY-{secrets.token_hex(16)}", marker, listeners)
    _furnish(made)
    os.environ["STAFF_TOKEN"] = made.canary
    # Whatever a worker leaves running becomes a child of this process, and is seen.
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    yield made
    libc.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
    del os.environ["STAFF_TOKEN"]
    for listener in listeners:
        listener.close()
    shutil.rmtree(root)


def _furnish(made: Place) -> None:
    shutil.copytree(HOSTILE / "course", made.root / "course")
    for path in (made.root / "course").rglob("*.py"):
        path.write_text(made.fill(path.read_text("utf-8")).replace("@CANARY@", made.canary), encoding="utf-8")
    for name in ("home", "tmp"):
        (made.root / name).mkdir()
        (made.root / name / "private.txt").write_text(made.canary)
    for path in (made.root, *made.root.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)


def _listeners(marker: str) -> list[socket.socket]:
    tcp = socket.create_server(("127.0.0.1", 0))
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(tcp.getsockname())
    local = socket.socket(socket.AF_UNIX)
    local.bind(f"\0{marker}")
    local.listen()
    return [tcp, udp, local]


@pytest.fixture(scope="module")
def sandbox(place: Place) -> Iterator[TappedSandbox]:
    """One confined sandbox for all."""
    with TappedSandbox() as made:
        if not made.confined:
            pytest.skip("this kernel can't confine")
        yield made


@pytest.fixture(scope="module")
def weak_sandbox(place: Place) -> Iterator[TappedSandbox]:
    """One sandbox of weak workers."""
    with TappedSandbox(weak=True) as made:
        yield made


@dataclasses.dataclass(frozen=True)
class Traces:
    """What a submission could leave behind, as it stands at one moment."""

    files: dict[str, tuple[object, ...]]
    marked: frozenset[str]
    shared_memory: frozenset[str]
    processes: frozenset[int]


def look(place: Place) -> Traces:
    """Take down all files of the place, what bears the run's marker elsewhere, and this process's offspring."""
    return Traces(
        {str(path): _state(path) for path in (place.root, *place.root.rglob("*"))},
        frozenset(entry.path for entry in _entries() if place.marker in entry.name),
        frozenset(line for line in _shared_memory() if line.split()[0] == str(place.key)),
        offspring(),
    )


def _state(path: Path) -> tuple[object, ...]:
    about = path.lstat()
    content = hashlib.sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(about.st_mode) else ""
    return about.st_mode, about.st_uid, about.st_nlink, about.st_size, about.st_mtime_ns, content


def _entries() -> Iterator[os.DirEntry[str]]:
    for folder in dict.fromkeys(SHARED):
        with os.scandir(folder) as entries:
            yield from entries


def _shared_memory() -> Iterator[str]:
    for kind in ("shm", "sem", "msg"):
        path = Path("/proc/sysvipc") / kind
        yield from path.read_text().splitlines() if path.exists() else ()


def offspring() -> frozenset[int]:
    """All processes that descend from this one."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                after_name = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            children.setdefault(int(after_name[1]), []).append(int(entry.name))
    found, pending = set[int](), [os.getpid()]
    while pending:
        new = children.get(pending.pop(), [])
        found.update(new)
        pending += new
    return frozenset(found)


def differences(before: Traces, after: Traces) -> Iterator[str]:
    """Tell what a run has left."""
    for path in before.files.keys() | after.files.keys():
        if before.files.get(path) != after.files.get(path):
            yield f"changed: {path}"
    for what in ("marked", "shared_memory", "processes"):
        left = getattr(after, what) - getattr(before, what)
        if left:
            yield f"left behind: {what} {sorted(left)}"


def visitors(place: Place) -> Iterator[str]:
    """Tell who has knocked at a listener, and let them go."""
    for listener in select.select(place.listeners, [], [], 0)[0]:
        if listener.type == socket.SOCK_DGRAM:
            listener.recv(100)
        else:
            listener.accept()[0].close()
        yield f"the network was reached: {listener.family.name} {listener.type.name}"


def memory_mb(name: str) -> float:
    """This process's memory: VmRSS now, VmHWM the most since it was last reset."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(rf"{name}:\s+(\d+) kB", status)[0]) / 1024


def attack(hostile: Hostile, place: Place, sandbox: TappedSandbox) -> tuple[Report, list[str], str]:
    """Grade a submission: its report, the harm that it has done, and all that was heard of it."""
    before, source = look(place), place.source(hostile)
    sandbox.heard.clear()
    Path("/proc/self/clear_refs").write_text("5")  # resets VmHWM
    memory_before_mb = memory_mb("VmRSS")
    report = grade(place.course, "1", source, sandbox=sandbox)
    growth_mb = memory_mb("VmHWM") - memory_before_mb
    told = json.dumps(report.as_json(reveal=True)) + sandbox.heard.decode(errors="replace")
    harm = [*differences(before, look(place)), *visitors(place)]
    if growth_mb > MOST_GROWTH_MB:
        harm.append(f"the trusted process grew by {growth_mb:.0f} MB")
    if place.canary in told:
        harm.append("a secret was read")
    if "BREACH" in told:
        harm.append(f"it got through: {re.findall(r'BREACH.{,300}', told)[:5]}")
    return report, harm, told


def unexpected(report: Report, expect: dict[str, str]) -> Iterator[str]:
    """Tell the outcomes that aren't those declared."""
    for check in report.checks:
        want = expect.get(check.id, expect["rest"])
        if check.outcome != want:
            yield f"{check.id} is {check.outcome}, not {want}: {check.message[:300]} {check.detail[:300]}"


def unfit_for_eyes(report: Report) -> Iterator[str]:
    """Tell what a learner or their terminal must not see: controls, lengths, a hidden check's own texts."""
    for check in report.checks:
        shown = f"{check.message}{check.misconception}"
        if CONTROL.search(shown) or CONTROL.search(check.detail):
            yield f"{check.id}: control characters: {shown[:300]!r} {check.detail[:300]!r}"
        if not check.visible and (len(shown) > 3000 or "tattle" in shown):
            yield f"{check.id}: the submission speaks through a hidden check: {shown[:300]!r}"
        if "smuggled" in shown:
            yield f"{check.id}: a hidden input is shown: {shown[:300]!r}"
        if len(check.detail) > 200_000:
            yield f"{check.id}: a detail of {len(check.detail)} characters"


def spoiled(place: Place, sandbox: TappedSandbox) -> Iterator[str]:
    """Tell if the next honest submission isn't graded rightly."""
    report = grade(place.course, "1", place.course.exercise("1").reference, sandbox=sandbox)
    if report.points != report.max_points:
        yield f"the next submission: {[(c.id, c.outcome, c.message) for c in report.checks if not c.points]}"


@pytest.mark.parametrize("hostile", CORPUS, ids=str)
def test_a_hostile_submission_gets_its_outcomes_and_leaves_no_trace(
    hostile: Hostile, place: Place, sandbox: TappedSandbox
) -> None:
    report, harm, _ = attack(hostile, place, sandbox)
    faults = [*unexpected(report, hostile.expect), *harm, *unfit_for_eyes(report), *spoiled(place, sandbox)]
    assert faults == [], f"{hostile.tries}\n" + "\n".join(faults)


@pytest.mark.parametrize("hostile", WEAK, ids=str)
def test_the_weak_worker_keeps_processes_and_deadlines_apart(
    hostile: Hostile, place: Place, weak_sandbox: TappedSandbox
) -> None:
    before = look(place)
    report, harm, told = attack(hostile, place, weak_sandbox)
    clean_up(before, place)
    faults = [*unexpected(report, hostile.weak or {}), *spoiled(place, weak_sandbox)]
    if hostile.weak_breach:
        # These are the attacks that only confinement stops: they are true attacks.
        assert "BREACH" in told
        assert harm
    else:
        faults += harm
    assert faults == [], f"{hostile.tries}\n" + "\n".join(faults)


def clean_up(before: Traces, place: Place) -> None:
    """Undo what a submission that wasn't confined has left."""
    now = look(place)
    for pid in now.processes - before.processes:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    for path in map(Path, {*now.files, *now.marked} - {*before.files, *before.marked}):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


def test_the_corpus_is_large_and_covers_every_kind() -> None:
    kinds = Counter(hostile.name.split("_")[0] for hostile in CORPUS)
    assert set(kinds) == KINDS
    assert len(CORPUS) - kinds["honest"] >= 60
    assert {word for hostile in CORPUS for word in hostile.expect.values()} == {
        "PASSED", "FAILED", "ERROR", "TIMEOUT", "MISSING",
    }  # fmt: skip


def test_an_honest_submission_of_the_corpus_passes_everything() -> None:
    honest = [hostile for hostile in CORPUS if hostile.name.startswith("honest_")]
    assert honest
    assert all(set(hostile.expect.values()) == {"PASSED"} for hostile in honest)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can run the corpus as somebody else")
def test_the_corpus_holds_for_an_ordinary_user_too() -> None:
    folder = Path(tempfile.mkdtemp(prefix="hostile-user-"))
    try:
        done = _run_as_other_user(folder)
    finally:
        shutil.rmtree(folder)
    assert done.returncode == 0, done.stdout[-5000:]
    assert f"{len(CORPUS)} passed" in done.stdout


def _run_as_other_user(folder: Path) -> subprocess.CompletedProcess[str]:
    for name in ("grader", "tests/hostile"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "tests/test_hostile.py"):
        shutil.copy(ROOT / name, folder / name)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, OTHER_UID, OTHER_UID)
    env = {
        "PYTHONPATH": os.pathsep.join([str(folder), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1", "HOME": str(folder), "PATH": os.defpath,
    }  # fmt: skip

    def run(python: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [python, *arguments],
            cwd=folder,
            env=env,
            user=OTHER_UID,
            group=OTHER_UID,
            extra_groups=[],
            capture_output=True,
            text=True,
            check=False,
        )

    python = _python_of_others(run)
    chosen = "test_a_hostile_submission_gets_its_outcomes_and_leaves_no_trace"
    # Most of the time goes into waiting for deadlines, so that four at a time are not too many.
    return run(
        python, "-m", "pytest", "-p", "xdist", "-n", "4", "-p", "no:cacheprovider", f"--basetemp={folder}/tmp",
        "tests/test_hostile.py", "-k", chosen,
    )  # fmt: skip


def _python_of_others(run: Callable[..., subprocess.CompletedProcess[str]]) -> str:
    """A Python of this version that other users can start, as ours may lie in a folder that is shut to them."""
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for python in (
        sys.executable,
        os.path.realpath(sys.executable),
        f"/usr/bin/{name}",
        f"/usr/local/bin/{name}",
    ):
        try:
            if run(python, "-c", "import grader, numpy, pydantic, pytest, yaml").returncode == 0:
                return python
        except OSError:
            continue
    pytest.skip(f"no {name} with numpy and pytest that another user can start")


@pytest.mark.parametrize(
    "name",
    [
        "honest_prints",
        "text_control",
        "text_printed",
        "text_syntax_error",
        "wire_forged_handles",
        "exit_at_load",
    ],
)
def test_the_command_shows_a_hostile_submission_without_a_traceback_or_an_escape(
    name: str, place: Place
) -> None:
    path = place.root / "submitted.py"
    hostile = next(hostile for hostile in CORPUS if hostile.name == name)
    path.write_text(place.source(hostile).text, encoding="utf-8")
    try:
        as_json, shown = (_grade_command(path, place, *more) for more in (("--json",), ("--reveal",)))
    finally:
        path.unlink()
    outcomes = {check["id"]: check["outcome"] for check in json.loads(as_json.stdout)["checks"]}
    assert outcomes == {check: hostile.expect.get(check, hostile.expect["rest"]) for check in outcomes}
    for done in (as_json, shown):
        assert done.returncode == int(set(outcomes.values()) != {"PASSED"})
        assert "Traceback" not in done.stdout + done.stderr
        assert CONTROL.search((done.stdout + done.stderr).replace("\n", "")) is None


def _grade_command(path: Path, place: Place, *more: str) -> subprocess.CompletedProcess[str]:
    command = Path(sysconfig.get_path("scripts")) / "grade"
    course = place.root / "course"
    return subprocess.run(
        [command, "1", "--file", path, "--course", course, *more],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
