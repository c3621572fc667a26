"""What the child gives up before it reads a stranger's file.

Everything here is best effort by the system it runs on; the parent's wall limit and kill do not
depend on it. Programs that the child starts inherit all of it, as long as they stay in its process
group (``start_new_session`` must not be used there).
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from reviewer.limits import Limits

_NEW_NET, _NEW_USER = 0x40000000, 0x10000000
_PR_SET_PDEATHSIG = 1
_CPU_GRACE = 2  # seconds between the signal that tells and the one that kills
_HIGHEST_FD = 1 << 16


def confine(limits: Limits) -> None:
    """Limit memory, CPU time and files of this process, and cut it off from the network."""
    set_limits(limits)
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            _without_network()


current: Limits | None = None
"""In a guarded child: its limits."""


def set_limits(limits: Limits) -> None:
    """Resource limits, as far as the system knows them."""
    global current
    current = limits
    try:
        import resource
    except ImportError:  # Windows
        return
    wanted = {
        "RLIMIT_AS": max(limits.memory, _address_space() + limits.memory // 4),
        "RLIMIT_FSIZE": limits.written,
        "RLIMIT_CORE": 0,
    }
    for name, value in wanted.items():
        with suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, name), (value, value))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + _CPU_GRACE))


def _address_space() -> int:
    """Bytes of address space that the parent left us with, 0 where unknown."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def die_with(parent: int) -> None:
    """Have the system kill this process when its parent dies (Linux)."""
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):
        _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def shut_off(keep: int) -> int:
    """Close all inherited files but ``keep``; standard streams lead nowhere. The new number."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    kept = 3
    if keep != kept:
        os.dup2(keep, kept, inheritable=False)
    os.closerange(kept + 1, _HIGHEST_FD)
    # The parent's stream objects may write to files that are closed now.
    sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
    return kept


def _without_network() -> None:
    """An empty network namespace; a user namespace lends the right to make one."""
    libc = _libc()
    if libc.unshare(_NEW_NET) == 0:
        return
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_USER | _NEW_NET) == 0:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
