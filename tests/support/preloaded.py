"""Run `scrapy crawl` and `kickcrawl` in processes that need not import: each is forked from one that has loaded it all.

Importing takes most of the CPU of a small crawl, and the tests run some two hundred. A child does what the command does
from its first line to its exit: the same function, arguments, environment, output and exit status. Tests that kill the
command, or look for what it leaves behind, start it themselves.

    python -m tests.support.preloaded FD    # the socket through which it is asked, and answers, in lines of JSON
"""

import atexit
import gc
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from multiprocessing import util
from pathlib import Path
from threading import Lock
from typing import Any, NoReturn

from scrapy.cmdline import execute
from scrapy.utils.misc import load_object, walk_modules_iter
from scrapy.utils.project import get_project_settings

from kickcrawl import CHECKOUT
from kickcrawl.workers import EXTRACT
from spiders import cli


class Preloaded:
    """The process that forks, started when it is first needed and ended with this one."""

    def __init__(self) -> None:
        self._lock = Lock()  # one command at a time
        self._wire: socket.socket | None = None

    def run(
        self, arguments: list[str], *, timeout: float, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run the command *arguments* (``scrapy``, ``crawl``, …), as subprocess.run does with capture_output.

        *environment*: this process's own, if none is given.
        """
        with self._lock:
            wire = self._wire = self._wire or _start()
            wire.settimeout(timeout)
            pipes = os.pipe(), os.pipe()
            socket.send_fds(wire, [b"."], [end for _, end in pipes])
            for _, end in pipes:
                os.close(end)
            _send(
                wire, {"arguments": arguments, "environment": dict(os.environ if environment is None else environment)}
            )
            child = _receive(wire)
            try:
                out, err = _read([start for start, _ in pipes], time.monotonic() + timeout)
            except TimeoutError:
                os.kill(child, signal.SIGKILL)
                raise
            finally:
                for start, _ in pipes:
                    os.close(start)
                status = _receive(wire)
        return subprocess.CompletedProcess(arguments, status, out, err)


def _start() -> socket.socket:
    here, there = socket.socketpair()
    command = [sys.executable, "-m", __name__, str(there.fileno())]
    process = subprocess.Popen(command, cwd=CHECKOUT, pass_fds=[there.fileno()])
    there.close()

    def end() -> None:
        here.close()
        process.wait()

    atexit.register(end)
    return here


def _read(pipes: list[int], end: float) -> list[str]:
    """Return all that comes through *pipes* until nobody holds them open any more; TimeoutError after *end*."""
    read: dict[int, list[bytes]] = {pipe: [] for pipe in pipes}
    with selectors.DefaultSelector() as waiting:
        for pipe in pipes:
            waiting.register(pipe, selectors.EVENT_READ)
        while waiting.get_map():
            if time.monotonic() > end:
                raise TimeoutError("the command does not end")
            for key, _ in waiting.select(timeout=1):
                read[key.fd].append(os.read(key.fd, 1 << 16))
                if not read[key.fd][-1]:
                    waiting.unregister(key.fd)
    return [b"".join(parts).decode() for parts in read.values()]


def _send(wire: socket.socket, value: object) -> None:
    wire.sendall(json.dumps(value).encode() + b"\n")


def _receive(wire: socket.socket) -> Any:
    line = bytearray()
    while not line.endswith(b"\n"):
        line += wire.recv(1)  # no further: file descriptors come with what follows
    return json.loads(line)


def main(wire: socket.socket) -> None:
    """Fork a child for each command that is asked through *wire*, until nobody asks any more."""
    preload()
    while True:
        asked, ends, _, _ = socket.recv_fds(wire, 1, 2)
        if not asked:
            return
        command = _receive(wire)
        child = os.fork()
        if not child:
            wire.close()
            for number, end in enumerate(ends, 1):
                os.dup2(end, number)
                os.close(end)
            run(command["arguments"], command["environment"])
        for end in ends:
            os.close(end)
        _send(wire, child)
        _, status = os.waitpid(child, 0)
        _send(wire, os.waitstatus_to_exitcode(status))


def preload() -> None:
    """Import what a crawl and its workers import, but for Twisted's reactor, which each process makes for itself."""
    for name in ("scrapy.commands", "spiders.commands", "spiders.add"):
        list(walk_modules_iter(name))
    settings = get_project_settings()
    settings.setmodule("kickcrawl.settings")
    for setting in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS", "ITEM_PIPELINES"):
        for name in settings.get_component_priority_dict_with_base(setting):
            load_object(name)
    for name in (*settings["DOWNLOAD_HANDLERS"].values(), settings["SPIDER_LOADER_CLASS"], EXTRACT):
        if name:
            load_object(name.replace(":", "."))
    assert "twisted.internet.reactor" not in sys.modules
    gc.freeze()


def run(arguments: list[str], environment: dict[str, str]) -> NoReturn:
    """Be the command *arguments* in *environment*, until it exits."""
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    stand_by()
    sys.argv = arguments
    if Path(arguments[0]).name == "kickcrawl":
        cli.main(prog_name="kickcrawl")
    sys.exit(execute())


def stand_by() -> None:
    """Fork the process that is to be the workers' fork server, as soon as multiprocessing starts a Python for it.

    It is forked now, while this process has neither threads nor an event loop, and with SIGTERM blocked, as the starter
    of the fork server blocks it.
    """
    spawn = util.spawnv_passfds
    here, there = socket.socketpair()
    old = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    child = os.fork()
    if not child:
        here.close()
        become_what_is_asked_for(there)
    signal.pthread_sigmask(signal.SIG_SETMASK, old)
    there.close()

    def forked(path: bytes, arguments: list[str], descriptors: list[int]) -> int:
        if (
            "multiprocessing.forkserver" not in arguments[-1]
        ):  # the tracker of its resources, which imports next to nothing
            return spawn(path, arguments, descriptors)
        util.spawnv_passfds = spawn  # if it is killed, the next one is a new Python
        socket.send_fds(here, [json.dumps([arguments[-1], descriptors]).encode()], descriptors)
        here.close()
        return child

    util.spawnv_passfds = forked


def become_what_is_asked_for(wire: socket.socket) -> NoReturn:
    """Run the program that is sent through *wire*, with the file descriptors that it names by their numbers."""
    asked, received, _, _ = socket.recv_fds(wire, 1 << 16, 8)
    wire.close()
    if not asked:
        os._exit(0)  # the crawl has ended without it
    program, wanted = json.loads(asked)
    spare = [os.dup2(one, max([*wanted, *received]) + 1 + at) for at, one in enumerate(received)]
    os.closerange(3, min(spare))
    for number, one in zip(wanted, spare, strict=True):
        os.dup2(one, number)
        os.close(one)
    exec(program, {})  # noqa: S102  (multiprocessing's own line)
    sys.exit()


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
