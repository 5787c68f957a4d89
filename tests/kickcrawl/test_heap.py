"""Large blocks of memory go back to the system when they are freed."""

import subprocess
import sys

import pytest

from kickcrawl import CHECKOUT

# Bodies of 8 MB come and go, and a little of each is kept, as a crawl keeps what it has read of pages.
SCRIPT = """
import sys
from kickcrawl.heap import give_back_large_blocks

def held():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmRSS")).split()[1]) >> 10

if sys.argv[1] == "told" and not give_back_large_blocks():
    sys.exit("no glibc")
kept, before = [], held()
for _ in range(3):
    bodies = []
    for _ in range(8):
        bodies.append(bytearray(8 << 20))
        kept.append(bytearray(200_000))
    del bodies
print(held() - before)
"""


def megabytes_held(how: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, how], cwd=CHECKOUT, capture_output=True, text=True, timeout=120, check=False
    )
    if "no glibc" in done.stderr:
        pytest.skip("this C library cannot be told")
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_what_was_freed_is_not_held() -> None:
    assert megabytes_held("told") < 20  # what is kept takes 5 MB
