"""Linux: no new rights, no file but the program's own, no network, no process; for good, and for native code too.

Landlock (since 5.13) closes the file system, seccomp (since 3.17) the calls. Both are told what they are in the
kernel's own documents: `userspace-api/landlock`, `userspace-api/seccomp_filter`. A kernel without one of them keeps
what the other gives; what holds is told. Other systems have neither.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

from app.model.confinement import KeptFrom
from video.confinement.system_calls import KINDS, NEWEST, Calls

_NO_NEW_PRIVILEGES, _DUMPABLE = 38, 4
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION, _BENEATH = 1, 1
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
#: what each version of Landlock knows: rights in the file system, of the network, and what may be reached
_RIGHTS = ((1, (1 << 13) - 1, 0, 0), (2, (1 << 14) - 1, 0, 0), (3, (1 << 15) - 1, 0, 0), (4, (1 << 15) - 1, 3, 0),
           (5, (1 << 16) - 1, 3, 0), (6, (1 << 16) - 1, 3, 3))  # fmt: skip
_FILTER, _ALL_THREADS, _ASK_ANSWER = 1, 1, 2
#: answers of a filter
_ALLOW, _KILL, _REFUSE, _NOT_KNOWN = 0x7FFF_0000, 0x8000_0000, 0x0005_0001, 0x0005_0026
#: instructions of it: load a word, jump if equal, at least, or if a bit is set, answer
_LOAD, _EQUAL, _AT_LEAST, _BIT, _ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
#: where a filter finds the call's number, the processor's kind, and the lower half of each argument
_NUMBER, _KIND, _FIRST, _EACH = 0, 4, 16, 8
_THREAD = 0x0001_0000
#: empties a file that is opened (`fcntl.h`, the same on both processors)
_EMPTIES = 0x200
#: whom an open file sends a signal, and which; a lease of it, which sends one too; and changes in a folder (`fcntl.h`)
_OWNER, _SIGNAL, _OWNER_BY_KIND, _LEASE, _NOTIFY = 8, 10, 15, 1024, 1026

#: read by the C library and the interpreter of themselves
_SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/proc/self",
           "/sys/devices/system/cpu", "/dev/null", "/dev/urandom")  # fmt: skip


def possible() -> frozenset[KeptFrom]:
    """What this computer can give."""
    if sys.platform != "linux":
        return frozenset()
    found = {KeptFrom.FILES} if _landlock_version() > 0 else set()
    if _can_refuse():
        found.add(KeptFrom.OTHERS)
    return frozenset(found)


def close_in() -> frozenset[KeptFrom]:
    """Give up all that; what holds from now on.

    Before any thread was begun, for Landlock holds only the thread that asks for it and those that it begins. Raises
    RuntimeError where there is another.
    """
    if sys.platform != "linux":
        return frozenset()
    if sum(1 for _ in Path("/proc/self/task").iterdir()) > 1:
        raise RuntimeError("a thread was begun before this process was closed in")
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return frozenset()
    library.prctl(_DUMPABLE, 0, 0, 0, 0)  # nobody of the same user looks into it
    held = {KeptFrom.FILES} if _close_files(library) else set()
    calls = KINDS.get(platform.machine())
    if calls is not None and _close_calls(library, calls):
        held.add(KeptFrom.OTHERS)
    return frozenset(held)


def own_places() -> Iterable[str]:
    """Where the program itself lies, and the interpreter with what it loads."""
    # the installed program holds its modules in itself, and has no interpreter
    own = sys.executable if getattr(sys, "frozen", False) else f"{sys.base_prefix}/lib"
    program = str(Path(__file__).parents[2])
    return [p for p in (*sys.path, own, program, sys.prefix, *_SYSTEM) if p]


def _can_refuse() -> bool:
    """Whether a filter of calls can answer with an error here; a container may keep that from whom it holds."""
    calls = KINDS.get(platform.machine())
    if calls is None:
        return False
    library, answer = ctypes.CDLL(None, use_errno=True), struct.pack("=I", _REFUSE & 0xFFFF_0000)
    return bool(library.syscall(calls.seccomp, ctypes.c_uint(_ASK_ANSWER), ctypes.c_uint(0), answer) == 0)


def _landlock_version() -> int:
    library = ctypes.CDLL(None, use_errno=True)
    return int(library.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION)))


def _close_files(library: ctypes.CDLL) -> bool:
    version = _landlock_version()
    if version < 1:
        return False
    _, files, network, scopes = max(row for row in _RIGHTS if row[0] <= version)
    told = struct.pack("=QQQ", files, network, scopes)[: 8 if version < 4 else 16 if version < 6 else 24]
    rules = library.syscall(_CREATE_RULESET, told, ctypes.c_size_t(len(told)), ctypes.c_uint32(0))
    if rules < 0:
        return False
    try:
        for place in own_places():
            _let_read(library, rules, Path(place))
        return bool(library.syscall(_RESTRICT_SELF, rules, ctypes.c_uint32(0)) == 0)
    finally:
        os.close(rules)


def _let_read(library: ctypes.CDLL, rules: int, place: Path) -> None:
    """What is not there is let out."""
    try:
        handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rights = _READ_FILE | (_READ_FOLDER if place.is_dir() else 0)
        told = struct.pack("=Qi", rights, handle)
        library.syscall(_ADD_RULE, rules, ctypes.c_int(_BENEATH), told, ctypes.c_uint32(0))
    finally:
        os.close(handle)


def _close_calls(library: ctypes.CDLL, calls: Calls) -> bool:
    program = b"".join(struct.pack("=HBBI", *step) for step in _steps(calls, os.getpid()))
    held = ctypes.create_string_buffer(program, len(program))
    told = struct.pack("@HP", len(program) // 8, ctypes.addressof(held))
    return bool(library.syscall(calls.seccomp, ctypes.c_uint(_FILTER), ctypes.c_uint(_ALL_THREADS), told) == 0)


def _steps(calls: Calls, own: int) -> list[tuple[int, int, int, int]]:
    """(what, steps on if it is so, if not, value) of each instruction (Berkeley Packet Filter)."""
    steps = [(_LOAD, 0, 0, _KIND), (_EQUAL, 1, 0, calls.audit), (_ANSWER, 0, 0, _KILL), (_LOAD, 0, 0, _NUMBER)]
    if calls.other_table is not None:
        steps += [(_AT_LEAST, 0, 1, calls.other_table), (_ANSWER, 0, 0, _REFUSE)]
    steps += [(_AT_LEAST, 0, 1, NEWEST + 1), (_ANSWER, 0, 0, _NOT_KNOWN)]
    for number in sorted(calls.refused):
        steps += [(_EQUAL, 0, 1, number), (_ANSWER, 0, 0, _REFUSE)]
    for number in sorted(calls.unknown):
        steps += [(_EQUAL, 0, 1, number), (_ANSWER, 0, 0, _NOT_KNOWN)]
    for number in sorted(calls.own_only):
        steps += [(_EQUAL, 0, 4, number), (_LOAD, 0, 0, _FIRST), (_EQUAL, 1, 0, own)]
        steps += [(_ANSWER, 0, 0, _REFUSE), (_ANSWER, 0, 0, _ALLOW)]
    for number in sorted(calls.own_or_zero):
        steps += [(_EQUAL, 0, 5, number), (_LOAD, 0, 0, _FIRST), (_EQUAL, 2, 0, own), (_EQUAL, 1, 0, 0)]
        steps += [(_ANSWER, 0, 0, _REFUSE), (_ANSWER, 0, 0, _ALLOW)]
    for number, place in calls.opening:
        steps += [(_EQUAL, 0, 4, number), (_LOAD, 0, 0, _FIRST + _EACH * place), (_BIT, 0, 1, _EMPTIES)]
        steps += [(_ANSWER, 0, 0, _REFUSE), (_ANSWER, 0, 0, _ALLOW)]
    wishes = (_OWNER, _SIGNAL, _OWNER_BY_KIND, _LEASE, _NOTIFY)
    steps += [(_EQUAL, 0, 2 * len(wishes) + 2, calls.fcntl), (_LOAD, 0, 0, _FIRST + _EACH)]
    for wish in wishes:
        steps += [(_EQUAL, 0, 1, wish), (_ANSWER, 0, 0, _REFUSE)]
    steps += [(_ANSWER, 0, 0, _ALLOW)]
    steps += [(_EQUAL, 0, 3, calls.clone), (_LOAD, 0, 0, _FIRST), (_BIT, 1, 0, _THREAD), (_ANSWER, 0, 0, _REFUSE)]
    return [*steps, (_ANSWER, 0, 0, _ALLOW)]
