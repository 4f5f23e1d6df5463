"""The system call filter, run instruction by instruction, for both architectures."""

from __future__ import annotations

import errno
import struct

import pytest

from grader.sandbox import seccomp

PID = 4321
ALLOW = seccomp.ALLOW
DENY = seccomp.ERRNO | errno.EPERM
ARCHS = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
TABLES = {"x86_64": seccomp.X86_64, "aarch64": seccomp.AARCH64}


def judge(machine: str, number: int, *arguments: int, arch: int | None = None) -> int:
    """What the kernel would do: classic BPF over struct seccomp_data."""
    args = [a & (2**64 - 1) for a in (*arguments, 0, 0, 0, 0, 0, 0)][:6]
    data = struct.pack("=iIQ6Q", number, ARCHS[machine] if arch is None else arch, 0, *args)
    steps = seccomp.program(machine, PID)
    at, acc = 0, 0
    while True:
        code, jt, jf, k = steps[at]
        at += 1
        if code == 0x20:
            acc = struct.unpack_from("=I", data, k)[0]
        elif code == 0x06:
            return k
        else:
            test = {0x15: acc == k, 0x35: acc >= k, 0x45: bool(acc & k)}[code]
            at += jt if test else jf


@pytest.mark.parametrize("machine", ARCHS)
@pytest.mark.parametrize(
    "name", ["read", "write", "brk", "munmap", "futex", "exit_group", "clock_gettime", "getrandom"]
)
def test_calls_of_ordinary_life_are_allowed(machine: str, name: str) -> None:
    assert judge(machine, TABLES[machine][name]) == ALLOW


DENIED = {
    "x86_64": "open 2 stat 4 lstat 6 socket 41 connect 42 sendmsg 46 recvmsg 47 clone 56 fork 57 vfork 58 execve 59 "
    "shmget 29 ptrace 101 setuid 105 mount 165 openat 257 unlinkat 263 splice 275 unshare 272 process_vm_readv 310 "
    "memfd_create 319 execveat 322 bpf 321 userfaultfd 323 pidfd_open 434 openat2 437 io_uring_setup 425 dup 32 "
    "setrlimit 160 sched_setaffinity 203 pkey_mprotect 329 timer_create 222 link 86 chmod 90 kexec_load 246 sendto 44",
    "aarch64": "openat 56 socket 198 connect 203 sendmsg 211 clone 220 execve 221 ptrace 117 setuid 146 mount 40 "
    "unlinkat 35 unshare 97 process_vm_readv 270 memfd_create 279 execveat 281 bpf 280 pidfd_open 434 openat2 437 "
    "io_uring_setup 425 dup 23 setrlimit 164 shmget 194 statx 291 newfstatat 79 readlinkat 78 sendto 206",
}


@pytest.mark.parametrize(
    ("machine", "name", "number"),
    [
        (m, *pair)
        for m, text in DENIED.items()
        for pair in zip(text.split()[::2], map(int, text.split()[1::2]), strict=True)
    ],
)
def test_files_processes_network_and_the_rest_are_denied(machine: str, name: str, number: int) -> None:
    assert judge(machine, number) == DENY, name


@pytest.mark.parametrize("machine", ARCHS)
def test_a_foreign_architecture_is_killed(machine: str) -> None:
    assert judge(machine, 0, arch=0x40000003) == seccomp.KILL


def test_the_x32_interface_is_killed() -> None:
    assert judge("x86_64", 0x40000000 | 59) == seccomp.KILL


@pytest.mark.parametrize("machine", ARCHS)
def test_memory_is_never_executable(machine: str) -> None:
    for name in ("mmap", "mprotect"):
        number = TABLES[machine][name]
        assert judge(machine, number, 0, 4096, 3) == ALLOW
        assert judge(machine, number, 0, 4096, 5) == DENY
        assert judge(machine, number, 0, 4096, 7) == DENY


@pytest.mark.parametrize("machine", ARCHS)
def test_signals_reach_only_the_process_itself(machine: str) -> None:
    for name in ("kill", "tgkill"):
        number = TABLES[machine][name]
        assert judge(machine, number, PID, PID, 6) == ALLOW
        for other in (PID + 1, 1, 0, -1):
            assert judge(machine, number, other, other, 9) == DENY


@pytest.mark.parametrize("machine", ARCHS)
def test_the_kernel_is_not_made_to_signal_others(machine: str) -> None:
    f_setown, f_setfl, f_getfl = 8, 4, 3
    fcntl = TABLES[machine]["fcntl"]
    assert judge(machine, fcntl, 3, f_getfl) == ALLOW
    assert judge(machine, fcntl, 3, f_setown, PID + 1) == DENY
    assert judge(machine, fcntl, 3, f_setfl, 0x2000) == DENY
    assert judge(machine, TABLES[machine]["ioctl"], 3, 0x8901) == DENY


@pytest.mark.parametrize("machine", ARCHS)
def test_limits_are_read_not_set(machine: str) -> None:
    prlimit = TABLES[machine]["prlimit64"]
    assert judge(machine, prlimit, 0, 9, 0, 0x7000) == ALLOW
    assert judge(machine, prlimit, 0, 9, 0x7000, 0) == DENY
    assert judge(machine, prlimit, 0, 9, 1 << 32, 0) == DENY


@pytest.mark.parametrize("machine", ARCHS)
def test_clone3_is_said_not_to_exist(machine: str) -> None:
    assert judge(machine, 435) == seccomp.ERRNO | errno.ENOSYS


def test_an_unknown_machine_has_no_filter() -> None:
    with pytest.raises(seccomp.Unsupported, match="riscv64"):
        seccomp.program("riscv64", 1)
