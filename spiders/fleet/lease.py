"""A shard that this process holds: its lease is renewed by a thread, and with it the leash of the work."""

import logging
import threading
import time
from pathlib import Path

from kickcrawl.errors import ArchiveError
from spiders.fleet.leash import clock, extend
from spiders.fleet.log import Fenced, ShardLog
from spiders.fleet.state import LEASE, State, given_back, renewed, taken

logger = logging.getLogger(__name__)


class HeldShard:
    """The shard of *log*, held since *state*; *leash*: the file that says how long its work may go on.

    *begun*: when its lease of so many *seconds* began, by the clock of the leash.
    """

    def __init__(self, log: ShardLog, state: State, leash: Path, begun: float, seconds: float = LEASE) -> None:
        assert state.lease is not None, "it was taken"
        self.log, self.state, self.fence = log, state, state.lease.fence
        self._leash, self._seconds = leash, seconds
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._renew, name=f"lease of {log.name}", daemon=True)
        extend(leash, begun + seconds)
        self._thread.start()

    def __enter__(self) -> "HeldShard":
        return self

    def __exit__(self, *_: object) -> None:
        """Let the shard go when its lease has run out, where it was not given back."""
        self._stop_renewing()

    def give_back(self, said: str, **changes: object) -> State:
        """Give the shard free with these *changes* of its state. Raises Fenced where the lease had been lost."""
        self._stop_renewing()
        self.state = self.log.append(given_back(self.state, time.time(), said, **changes))
        return self.state

    def _stop_renewing(self) -> None:
        self._is_over.set()
        self._thread.join()

    def _renew(self) -> None:
        while not self._is_over.wait(self._seconds / 4):
            begun = clock()  # before the state is made: it may be long on its way
            try:
                self.state = self.log.append(renewed(self.state, time.time(), self._seconds))
            except Fenced as error:
                logger.warning("%s; its work ends", error)
                extend(self._leash, 0.0)
                return
            except ArchiveError as error:  # the leash runs out meanwhile, unless the store comes back
                logger.warning("shard %s: its lease could not be renewed: %s", self.log.name, error)
                continue
            extend(self._leash, begun + self._seconds)


def take(
    log: ShardLog, worker: str, leash: Path, seconds: float = LEASE, given_out: int | None = None
) -> HeldShard | State:
    """Take the shard of *log*; return its state where taken() says that it is not to be had. Raises ArchiveError."""
    while (state := log.read()) is not None:
        begun = clock()
        mine = taken(state, worker, time.time(), seconds, given_out)
        if mine is None:
            return state
        try:
            return HeldShard(log, log.append(mine), leash, begun, seconds)
        except Fenced:  # another one was quicker: it holds the shard, or has given it back already
            continue
    raise ArchiveError(log.storage.url, f"there is no shard {log.name}; `kickcrawl fleet status` lists them")
