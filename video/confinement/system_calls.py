"""The system calls of Linux that reading a film never needs, by their numbers on each kind of processor.

Numbers: the kernel's own tables (`arch/x86/entry/syscalls/syscall_64.tbl`, `include/uapi/asm-generic/unistd.h`).
"""

from __future__ import annotations

from dataclasses import dataclass

#: the newest call that this list was made with: what came later is as if the kernel did not know it (`mseal`). On old
#: kernels calls of another table could be reached by numbers in between (seccomp(2))
NEWEST = 462

#: network, other processes, new programs, what changes files that have no right of their own in Landlock, the kernel
_X86 = {
    "socket": 41, "connect": 42, "accept": 43, "bind": 49, "listen": 50, "socketpair": 53, "accept4": 288,
    "fork": 57, "vfork": 58, "execve": 59, "execveat": 322,
    "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312, "process_madvise": 440,
    "pidfd_open": 434, "pidfd_getfd": 438, "pidfd_send_signal": 424, "rt_sigqueueinfo": 129, "rt_tgsigqueueinfo": 297,
    "tkill": 200, "setpriority": 141, "ioprio_set": 251, "sched_setaffinity": 203, "migrate_pages": 256,
    "move_pages": 279, "sched_setparam": 142, "sched_setscheduler": 144, "sched_setattr": 314,
    "process_mrelease": 448, "truncate": 76, "creat": 85,
    "chmod": 90, "fchmod": 91, "fchmodat": 268, "fchmodat2": 452, "chown": 92, "fchown": 93, "lchown": 94,
    "fchownat": 260, "utime": 132, "utimes": 235, "futimesat": 261, "utimensat": 280, "setxattr": 188,
    "lsetxattr": 189, "fsetxattr": 190, "removexattr": 197, "lremovexattr": 198, "fremovexattr": 199,
    "mount": 165, "umount2": 166, "pivot_root": 155, "chroot": 161, "unshare": 272, "setns": 308, "move_mount": 429,
    "open_tree": 428, "fsopen": 430, "fsmount": 432, "mount_setattr": 442,
    "shmget": 29, "shmat": 30, "shmctl": 31, "semget": 64, "semop": 65, "semctl": 66, "semtimedop": 220,
    "msgget": 68, "msgsnd": 69, "msgrcv": 70, "msgctl": 71, "mq_open": 240, "mq_unlink": 241,
    "add_key": 248, "request_key": 249, "keyctl": 250, "bpf": 321, "perf_event_open": 298, "userfaultfd": 323,
    "io_uring_setup": 425, "open_by_handle_at": 304, "name_to_handle_at": 303, "inotify_add_watch": 254,
    "fanotify_init": 300, "init_module": 175, "finit_module": 313, "kexec_load": 246,
    "kexec_file_load": 320, "reboot": 169,
    "personality": 135, "acct": 163, "swapon": 167, "quotactl": 179,
}  # fmt: skip
_ARM = {
    "socket": 198, "connect": 203, "accept": 202, "bind": 200, "listen": 201, "socketpair": 199, "accept4": 242,
    "execve": 221, "execveat": 281,
    "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271, "kcmp": 272, "process_madvise": 440,
    "pidfd_open": 434, "pidfd_getfd": 438, "pidfd_send_signal": 424, "rt_sigqueueinfo": 138, "rt_tgsigqueueinfo": 240,
    "tkill": 130, "setpriority": 140, "ioprio_set": 30, "sched_setaffinity": 122, "migrate_pages": 238,
    "move_pages": 239, "sched_setparam": 118, "sched_setscheduler": 119, "sched_setattr": 274,
    "process_mrelease": 448, "truncate": 45,
    "fchmod": 52, "fchmodat": 53, "fchmodat2": 452, "fchown": 55, "fchownat": 54, "utimensat": 88, "setxattr": 5,
    "lsetxattr": 6, "fsetxattr": 7, "removexattr": 14, "lremovexattr": 15, "fremovexattr": 16,
    "mount": 40, "umount2": 39, "pivot_root": 41, "chroot": 51, "unshare": 97, "setns": 268, "move_mount": 429,
    "open_tree": 428, "fsopen": 430, "fsmount": 432, "mount_setattr": 442,
    "shmget": 194, "shmat": 196, "shmctl": 195, "semget": 190, "semop": 193, "semctl": 191, "semtimedop": 192,
    "msgget": 186, "msgsnd": 189, "msgrcv": 188, "msgctl": 187, "mq_open": 180, "mq_unlink": 181,
    "add_key": 217, "request_key": 218, "keyctl": 219, "bpf": 280, "perf_event_open": 241, "userfaultfd": 282,
    "io_uring_setup": 425, "open_by_handle_at": 265, "name_to_handle_at": 264, "inotify_add_watch": 27,
    "fanotify_init": 262, "init_module": 105, "finit_module": 273, "kexec_load": 104,
    "kexec_file_load": 294, "reboot": 142,
    "personality": 92, "acct": 89, "swapon": 224, "quotactl": 60,
}  # fmt: skip


@dataclass(frozen=True)
class Calls:
    """Of one kind of processor: its number in `linux/audit.h`, and the calls that are looked at."""

    audit: int
    refused: frozenset[int]
    #: signals: allowed where the first argument is this process itself
    own_only: frozenset[int]
    #: limits: allowed where it is this process itself, or 0, which is the same
    own_or_zero: frozenset[int]
    #: makes a thread, or else a process
    clone: int
    #: as if the kernel did not know it: then the C library asks by one that can be looked at (threads, opening)
    unknown: frozenset[int]
    #: the confining calls themselves
    seccomp: int
    #: opens a file, by which argument says how: an old Landlock (before 6.2) does not know that a file is emptied
    opening: tuple[tuple[int, int], ...]
    #: with it an open file could be made to send a signal to any process of the same user
    fcntl: int
    #: calls from this number on belong to another table of the same processor
    other_table: int | None = None


#: by what `platform.machine()` says
KINDS = {
    "x86_64": Calls(
        audit=0xC000003E,
        refused=frozenset(_X86.values()),
        own_only=frozenset({62, 234}),
        own_or_zero=frozenset({302}),
        clone=56,
        unknown=frozenset({435, 437}),
        seccomp=317,
        opening=((2, 1), (257, 2)),
        fcntl=72,
        other_table=1 << 30,
    ),
    "aarch64": Calls(
        audit=0xC00000B7,
        refused=frozenset(_ARM.values()),
        own_only=frozenset({129, 131}),
        own_or_zero=frozenset({261}),
        clone=220,
        unknown=frozenset({435, 437}),
        seccomp=277,
        opening=((56, 2),),
        fcntl=25,
    ),
}
