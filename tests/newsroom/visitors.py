"""Which process asked which outlet, and when: written down as the servers see it, read again as visits.

A line is "SECONDS OUTLET PID". The process is that at the other end of the connection (/proc); 0 where it has ended
before it could be found, and so asks no more.
"""

import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class Visitors:
    """The log at *path*."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", buffering=1)
        self._known: list[int] = []  # processes that came lately: they are looked at first

    def at(self, port: int, server: tuple[str, int]) -> int:
        """Return the process that has the port *port* of a connection to *server*, an address and a port.

        A child that was just forked has its parent's connections, until it runs its program: of all that have it, the
        oldest one has made it.
        """
        inode = _inode(port, server)
        if inode is None:
            return 0
        for pid in (*self._known, *sorted(int(path.name) for path in Path("/proc").glob("[0-9]*"))):
            if _has(pid, f"socket:[{inode}]"):
                self._known = [pid, *(one for one in self._known if one != pid)][:4]
                return pid
        return 0

    def note(self, outlet: str, pid: int) -> None:
        """Write down that *pid* has asked *outlet* now."""
        self._file.write(f"{time.time():.3f} {outlet} {pid}\n")


@dataclass(frozen=True, slots=True, order=True)
class Visit:
    """All that one process asked an outlet: from its first to its last request, in UNIX seconds."""

    outlet: str
    begun: float
    ended: float
    pid: int


def visits(log: Path) -> list[Visit]:
    """Return the visits in *log*, those of an outlet in their order."""
    found: dict[tuple[str, int], tuple[float, float]] = {}
    for line in log.read_text().splitlines():
        at, outlet, pid = line.split()
        begun, _ = found.get((outlet, int(pid)), (float(at), 0))
        found[outlet, int(pid)] = (begun, float(at))
    return sorted(Visit(outlet, *times, pid) for (outlet, pid), times in found.items() if pid)


def at_once(found: Iterable[Visit]) -> list[tuple[Visit, Visit]]:
    """Return visits of different processes to one outlet of which one began before the other had ended."""
    ordered, pairs = sorted(found), []
    for n, one in enumerate(ordered):
        for other in ordered[n + 1 :]:
            if other.outlet != one.outlet or other.begun > one.ended:
                break
            pairs.append((one, other))
    return pairs


def _inode(port: int, server: tuple[str, int]) -> str | None:
    """Return the socket's; one port of ours may have connections to several servers at a time."""
    address, there = server
    remote = f"{socket.inet_aton(address)[::-1].hex().upper()}:{there:04X}"
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[2] == remote and int(fields[1].rpartition(":")[2], 16) == port:
            return fields[9]
    return None


def _has(pid: int, link: str) -> bool:
    try:
        return any(str(one.readlink()) == link for one in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return False  # it has ended, or closed one meanwhile
