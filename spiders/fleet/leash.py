"""Run a command as long as a file says, and not longer: python leash.py FILE COMMAND...

FILE has a moment of CLOCK_BOOTTIME in seconds, written anew while the command's master is alive and holds its lease.
Five seconds before that moment the command is asked to end (SIGTERM), and then it is killed. So a crawl whose master
was killed, frozen or cut off does not go on beside the next worker's. It dies with this process, too. Linux only.
"""

import ctypes
import signal
import subprocess
import sys
import time
from pathlib import Path

NOTICE = 5.0  # seconds before the end in which the command may end in good order
_LOOK_EVERY = 0.2  # seconds
_PR_SET_PDEATHSIG = 1  # prctl(2)


def extend(file: Path, end: float) -> None:
    """Let the command go on until *end*, a moment of clock()."""
    part = file.with_name(f"{file.name}.part")
    part.write_text(str(end))
    part.replace(file)


def hold(file: Path, command: list[str]) -> int:
    """Run *command* and return its exit status; negative: the signal that ended it."""
    process = subprocess.Popen(command, preexec_fn=die_with_parent)
    is_asked = False
    while True:
        try:
            return process.wait(_LOOK_EVERY)
        except subprocess.TimeoutExpired:
            left = float(file.read_text()) - clock()
        if left <= 0:
            process.kill()
        elif left <= NOTICE and not is_asked:
            is_asked = True
            process.terminate()


def die_with_parent() -> None:
    """Have the kernel kill this process when the thread that started it ends: for a child, before it runs a program."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def clock() -> float:
    """Return the seconds since this machine was started, those in which it slept included."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


if __name__ == "__main__":
    sys.exit(hold(Path(sys.argv[1]), sys.argv[2:]))
