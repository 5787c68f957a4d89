"""Machines of a fleet, as process groups on loopback: each is started, killed with -9 as a whole, and started again."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kickcrawl import CHECKOUT
from tests.newsroom.region import Simulated, region

RAY = Path(sys.executable).with_name("ray")
_LOOK_EVERY = 0.1  # seconds


def until(is_so: Callable[[], object], seconds: float, what: str) -> None:
    """Wait until *is_so*. Raises TimeoutError, which says *what* did not come."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds:.0f} s: {what}")
        time.sleep(_LOOK_EVERY)


def free_port() -> int:
    """Return a port of loopback that nothing listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Tell whether something listens at *port*."""
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@dataclass(slots=True, kw_only=True)
class Machine:
    """A *command* with all processes below it; what it says goes to *log*. *ready*: whether it may be used."""

    command: Sequence[str]
    log: Path
    environment: Mapping[str, str]
    ready: Callable[["Machine"], bool] = lambda _: True
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command, cwd=CHECKOUT, env=dict(self.environment), stdout=log, stderr=log, start_new_session=True
            )
        until(lambda: self.is_gone or self.ready(self), 120, f"{self.command} is ready")
        assert not self.is_gone, self.log.read_text()[-2000:]

    def kill(self) -> None:
        """Kill all of it at once, with -9."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):  # it has ended by itself
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    @property
    def is_gone(self) -> bool:
        """Whether it has ended, or was never started."""
        return self.process is None or self.process.poll() is not None


def healthy_region(
    folder: Path, outlets: int, articles: int, *options: str, environment: Mapping[str, str] = os.environ
) -> tuple[Machine, list[Simulated]]:
    """Return the server of so many *outlets*, to be started, and these; it writes their files into *folder*/outlets."""
    wanted = {"outlets": outlets, "articles": articles, "dead": 0, "slow": 0, "busy": 0, "hostile": 0}
    wanted["port"] = free_port()
    command = [sys.executable, "-m", "tests.newsroom.region", "--files", str(folder / "outlets")]
    command += [part for name, value in wanted.items() for part in (f"--{name}", str(value))]
    server = Machine(
        command=[*command, *options],
        log=folder / "region.log",
        environment=environment,
        ready=lambda one: "ready" in one.log.read_text().splitlines(),
    )
    return server, region(**wanted)


def store(folder: Path, environment: Mapping[str, str], port: int) -> Machine:
    """Return an S3 whose writes are in *folder*."""
    command = [sys.executable, "-m", "tests.support.s3_store", str(port), str(folder / "journal")]
    log = folder / "store.log"
    return Machine(command=command, log=log, environment=environment, ready=lambda _: answers(port))


def ray_machines(folder: Path, environment: Mapping[str, str], port: int, cpus: int = 1) -> list[Machine]:
    """Return Ray's head and a second machine, each with a work folder of its own; to be started in this order."""
    common = ["--num-cpus", str(cpus), "--block"]
    head = ["--head", "--node-ip-address", "127.0.0.1", "--port", str(port), "--include-dashboard", "false"]
    machines = []
    for name, own in (("head", head), ("second", ["--address", f"127.0.0.1:{port}"])):
        machines.append(
            Machine(
                command=[str(RAY), "start", *own, *common],
                log=folder / f"{name}.log",
                environment={**environment, "KICKCRAWL_FLEET_WORK": str(folder / f"work-{name}")},
                ready=lambda one: "Ray runtime started" in one.log.read_text(),
            )
        )
    return machines


def ray_environment() -> dict[str, str]:
    """Return what all of a cluster share: a token that only they know, and little patience with a lost head."""
    return {
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(),
        "RAY_gcs_rpc_server_reconnect_timeout_s": "10",
    }


def children(pid: int) -> list[int]:
    """Return the processes below *pid*, the nearest first; none where it has ended."""
    try:
        tasks = Path(f"/proc/{pid}/task").glob("*/children")
        near = [int(child) for task in tasks for child in task.read_text().split()]
    except OSError:
        return []
    return near + [one for child in near for one in children(child)]
