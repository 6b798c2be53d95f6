"""What a process that reads films can still do once it is closed in: asked of the C library, past the interpreter."""

import json
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from app.model.confinement import KeptFrom
from app.ports.children import child_environment
from video.confinement.kernel import possible
from video.confinement.system_calls import KINDS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux is asked")

CODE = """
import ctypes, errno, json, os, sys, threading
from video.confinement.kernel import close_in
own, parent, film = sys.argv[1].encode(), os.getppid(), os.open(sys.argv[2], os.O_RDONLY)
held = sorted(close_in())
library = ctypes.CDLL(None, use_errno=True)
def tried(name, *given):
    ctypes.set_errno(0)
    return [getattr(library, name)(*given) >= 0, errno.errorcode.get(ctypes.get_errno(), "")]
word = ctypes.create_string_buffer(8)
piece = (ctypes.c_size_t * 2)(ctypes.addressof(word), 8)
far = (ctypes.c_size_t * 2)(ctypes.addressof(word), 8)
told = {
    "reads a file": tried("open", own, os.O_RDONLY),
    "lists a folder": tried("open", os.path.dirname(own), os.O_RDONLY | os.O_DIRECTORY),
    "makes a file": tried("open", own + b".new", os.O_CREAT | os.O_WRONLY, 0o600),
    "deletes a file": tried("unlink", own),
    "renames a file": tried("rename", own, own + b".moved"),
    "makes a folder": tried("mkdir", own + b".folder", 0o700),
    "reads the parent's memory as a file": tried("open", b"/proc/%d/mem" % parent, os.O_RDONLY),
    "changes rights": tried("chmod", own, 0o777),
    "opens a socket": tried("socket", 2, 1, 0),
    "opens a local socket": tried("socket", 1, 1, 0),
    "starts a process": tried("fork"),
    "becomes a program": tried("execv", b"/bin/true", None),
    "stops the parent": tried("kill", parent, 0),
    "stops its group": tried("kill", 0, 0),
    "holds the parent": tried("ptrace", 16, parent, None, None),
    "reads the parent's memory": tried("process_vm_readv", parent, piece, 1, far, 1, 0),
    "takes a file of the parent": tried("syscall", 438, 0, 0, 0),
    "empties a file": tried("truncate", own, 0),
    "empties a file that it opens": tried("open", own, os.O_RDONLY | os.O_TRUNC),
    "takes the processor from the parent": tried("sched_setscheduler", parent, 3, ctypes.byref(ctypes.c_int(0))),
    "has a file stop the parent": tried("fcntl", film, 8, parent),
    "chooses how a file stops it": tried("fcntl", film, 10, 9),
    "asks by a call of a later kernel": tried("syscall", 463, 0, 0, 0, 0, 0),
    "asks by a number between two tables": tried("syscall", 521, 16, parent, 0, 0),
    "knows itself": tried("kill", os.getpid(), 0),
    "reads what it was given": tried("pread", film, word, 8, 0),
}
thread = threading.Thread(target=told.__setitem__, args=("makes a thread", [True, ""]))
thread.start()
thread.join()
told["raises its rights"] = [library.prctl(39, 0, 0, 0, 0) != 1, ""]
told["can be looked into"] = [library.prctl(3, 0, 0, 0, 0) != 0, ""]
print(json.dumps([held, told]))
"""
OF_FILES = {
    "reads a file", "lists a folder", "makes a file", "deletes a file", "renames a file", "makes a folder",
    "reads the parent's memory as a file",
}  # fmt: skip
OF_CALLS = {
    "changes rights", "opens a socket", "opens a local socket", "starts a process", "becomes a program",
    "stops the parent", "stops its group", "holds the parent", "reads the parent's memory",
    "takes a file of the parent", "empties a file", "empties a file that it opens",
    "takes the processor from the parent", "has a file stop the parent", "chooses how a file stops it",
}  # fmt: skip
#: to be refused whatever the kernel has: an old Landlock does not know them
OF_CALLS_ALONE = {"empties a file", "empties a file that it opens"}
UNKNOWN = {"asks by a call of a later kernel", "asks by a number between two tables"}
STAYS = {"knows itself", "reads what it was given", "makes a thread"}
ALWAYS = {"raises its rights", "can be looked into"}


def test_native_code_reaches_neither_files_nor_network_nor_processes(tmp_path: Path) -> None:
    own, film = tmp_path / "letter.txt", tmp_path / "film.mp4"
    for file in (own, film):
        file.write_bytes(b"content!")
    run = subprocess.run(
        [sys.executable, "-P", "-c", CODE, own, film], env=child_environment(), capture_output=True, check=True
    )
    held, told = json.loads(run.stdout)
    assert set(held) == possible()
    assert platform.machine() in KINDS, "a kind of processor that the program does not know"
    refused = (
        ALWAYS | (OF_CALLS if KeptFrom.OTHERS in held else set()) | (OF_FILES if KeptFrom.FILES in held else set())
    )
    assert {name for name, (done, _) in told.items() if not done} >= refused
    assert all(told[name][1] in ("EPERM", "EACCES") for name in refused - ALWAYS)
    if KeptFrom.OTHERS in held:
        assert {told[name][1] for name in OF_CALLS_ALONE} == {"EPERM"}
        assert {told[name][1] for name in UNKNOWN} == {"ENOSYS"}
    assert all(told[name][0] for name in STAYS)
    assert own.read_bytes() == b"content!"
    assert {file.name for file in tmp_path.iterdir()} == {"film.mp4", "letter.txt"}


THREADED = """
import threading
from video.confinement.kernel import close_in
over = threading.Event()
other = threading.Thread(target=over.wait)
other.start()
try:
    close_in()
except RuntimeError as error:
    print(error)
finally:
    over.set()
"""


def test_a_thread_that_was_begun_before_is_told_and_not_left_open() -> None:
    """Landlock would not hold it, and whatever runs in the process could use it."""
    run = subprocess.run(
        [sys.executable, "-P", "-c", THREADED], env=child_environment(), capture_output=True, check=True, text=True
    )
    assert "a thread was begun" in run.stdout
