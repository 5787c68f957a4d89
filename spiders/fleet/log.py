"""The states of a shard in its storage, one file a number. Who creates the next number has won; the others are told.

    shards/NAME/log/00000012.json

Old numbers are deleted, but the newest stay: an entry that somebody creates at a number long gone is seen to be old,
since there is a newer one.
"""

from pydantic import ValidationError

from kickcrawl.errors import ArchiveError, KickcrawlError
from spiders.fleet.state import State
from spiders.fleet.storage import Storage

KEPT = 50  # states that stay behind the newest one


class Fenced(KickcrawlError):
    """Another one has written to the shard since: what was to be written is refused."""


class ShardLog:
    """The states of the shard *name* in *storage*."""

    def __init__(self, storage: Storage, name: str) -> None:
        self.storage, self.name = storage, name
        self.folder = f"shards/{name}"

    def read(self) -> State | None:
        """Return the newest state; None where there is no such shard. Raises ArchiveError."""
        while numbers := self._numbers():
            data = self.storage.read(self._file(numbers[-1]))
            if data is not None:  # else it was deleted meanwhile: there are newer ones
                return self._read(data, numbers[-1])
        return None

    def entries(self) -> list[State]:
        """Return the states that are still there, the oldest first. Raises ArchiveError."""
        kept = ((number, self.storage.read(self._file(number))) for number in self._numbers())
        return [self._read(data, number) for number, data in kept if data is not None]

    def _read(self, data: bytes, number: int) -> State:
        try:
            return State.model_validate_json(data)
        except ValidationError as error:
            why = f"{self._file(number)} is no state of a shard as this kickcrawl knows it ({error.errors()[0]['msg']})"
            raise ArchiveError(self.storage.url, f"{why}; update kickcrawl on this machine") from error

    def append(self, state: State) -> State:
        """Make *state* the newest, and return it. Raises Fenced where another one has its number, or a later one."""
        name = self._file(state.number)
        if not self.storage.create(name, state.model_dump_json().encode()):
            raise Fenced(f"shard {self.name}: another worker has gone on from state {state.number - 1}")
        numbers = self._numbers()
        if numbers[-1] >= state.number + KEPT:  # it had been there and was deleted: its time is over
            self.storage.delete(name)
            raise Fenced(f"shard {self.name}: other workers have gone on since state {state.number - 1}")
        for old in numbers:
            if old <= numbers[-1] - KEPT:
                self.storage.delete(self._file(old))
        return state

    def _numbers(self) -> list[int]:
        names = (name.partition(".")[0] for name in self.storage.names(f"{self.folder}/log"))
        return sorted(int(name) for name in names if name.isdigit())

    def _file(self, number: int) -> str:
        return f"{self.folder}/log/{number:08}.json"
