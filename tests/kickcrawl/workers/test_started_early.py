"""The fork server may be started before anything is read: the workers are its children, and signals are not for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kickcrawl import CHECKOUT

SCRIPT = """
import asyncio, os, signal, time
from pathlib import Path
from kickcrawl.workers.forkserver import start_server

def children():
    tasks = Path("/proc/self/task").glob("*/children")
    pids = [int(pid) for task in tasks for pid in task.read_text().split()]
    name = b"multiprocessing" + b".forkserver"  # in two: a process that is just being made still has this script
    return [pid for pid in pids if name in Path(f"/proc/{pid}/cmdline").read_bytes()]

start_server("kickcrawl.article")
while not (started := children()):
    time.sleep(0.01)
signal.signal(signal.SIGTERM, lambda *_: None)
os.killpg(0, signal.SIGTERM)

from kickcrawl.workers.workers import Workers

async def parent_of_a_worker():
    workers = Workers("kickcrawl.article:Page", processes=1)
    try:
        return await workers.call(os.getppid)
    finally:
        workers.close()

assert [asyncio.run(parent_of_a_worker())] == started == children()
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
def test_workers_are_forked_from_a_server_that_was_started_before_them() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=CHECKOUT, env=os.environ, capture_output=True, text=True,
        timeout=120, check=False, start_new_session=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
