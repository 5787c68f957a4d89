"""The shards of a fleet in a storage: made, listed, given new outlets, split, and outlets moved from one to another.

What moves goes in two steps, each one entry in a log: the shard that it leaves notes it as leaving, with all that the
other needs; then the other receives it, and the first forgets it. Killed in between, the next command goes on with it.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from kickcrawl.errors import ArchiveError, UsageError
from kickcrawl.outlet import load_outlets, outlet_folders
from spiders.fleet.log import Fenced, ShardLog
from spiders.fleet.state import Part, State, left, received, split
from spiders.fleet.storage import Storage

FORMAT = 1  # of all files of a fleet
REFUSED = "refused"  # folder of a shard: what workers were not allowed to give back, a file each
_NAME = "fleet.json"
_TRIALS = 5  # to write beside workers who renew their leases


class Fleet:
    """The fleet in *storage*."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    @property
    def exists(self) -> bool:
        """Whether the fleet was made. Raises ArchiveError where it is of a newer kickcrawl."""
        data = self.storage.read(_NAME)
        if data is None:
            return False
        if json.loads(data).get("format") != FORMAT:
            raise ArchiveError(self.storage.url, "this fleet is of another kickcrawl's; update this one")
        return True

    def make(self, outlets: Mapping[str, str | None], shards: int) -> None:
        """Make the fleet, its outlets dealt out by their names; one that was begun and killed is gone on with."""
        hands: list[dict[str, str | None]] = [{} for _ in range(max(1, min(shards, len(outlets))))]
        for turn, slug in enumerate(sorted(outlets)):
            hands[turn % len(hands)][slug] = outlets[slug]
        for number, hand in enumerate(hands, 1):
            self._make_shard(f"{number:04}", hand)
        self.storage.create(_NAME, json.dumps({"format": FORMAT, "made_at": time.time()}).encode())

    def names(self) -> list[str]:
        """Return the names of the shards, sorted."""
        return self.storage.names("shards")

    def states(self) -> dict[str, State]:
        """Return the newest state of each shard, by name. Raises ArchiveError where there is no fleet."""
        if not self.exists:
            raise ArchiveError(self.storage.url, "there is no fleet here; `kickcrawl fleet run` makes one")
        found = {name: ShardLog(self.storage, name).read() for name in self.names()}
        return {name: state for name, state in found.items() if state is not None}

    def refused(self, name: str) -> int:
        """Return how often a worker that had lost the shard was not allowed to give it back."""
        return len(self.storage.names(f"shards/{name}/{REFUSED}"))

    def where(self) -> dict[str, str]:
        """Return the shard of each outlet."""
        return {slug: name for name, state in self.states().items() for slug in _outlets_of(state)}

    def unread(self, outlets: Mapping[str, str | None]) -> Iterator[str]:
        """Yield a sentence for each of *outlets* whose file no shard has as it is here."""
        parts = [part for state in self.states().values() for part in _parts_of(state)]
        held = {slug: text for part in parts for slug, text in part.outlets.items()}
        for slug, text in outlets.items():
            if slug not in held:
                yield f"{slug}: no shard has this outlet; `kickcrawl fleet add {slug}` gives it to one"
            elif text != held[slug]:
                yield f"{slug}: is crawled by the file that its shard got when it was added; the one here differs"

    def add(self, outlets: Mapping[str, str | None]) -> dict[str, str]:
        """Give each new outlet to the shard that has the fewest; return where each went."""
        where, states, went = self.where(), self.states(), {}
        for slug in sorted(set(outlets) - set(where)):
            name = min(states, key=lambda name: (len(states[name].outlets), name))
            part = Part(outlets={slug: outlets[slug]})
            states[name] = self._receive(name, part)
            went[slug] = name
        return went

    def move(self, slugs: Sequence[str], to: str) -> int:
        """Bring outlets, each with its past, to the shard *to*, which is made if there is none; return how many moved.

        Raises UsageError for an outlet that no shard has, ArchiveError where a shard is at work.
        """
        self.go_on()
        where = self.where()
        if missing := sorted(set(slugs) - set(where)):
            raise UsageError(f"{missing[0]}: no shard has this outlet; `kickcrawl fleet status` lists them")
        moving = [slug for slug in slugs if where[slug] != to]
        self._check_name(to)
        self._refuse_work(to, ShardLog(self.storage, to).read())
        for name in sorted({where[slug] for slug in moving}):
            self._leave(name, [slug for slug in moving if where[slug] == name], to)
        self.go_on()
        return len(moving)

    def split(self, name: str) -> str:
        """Split a shard in two halves of its outlets; return the name of the new one. Raises as move()."""
        self.go_on()
        state = self.states().get(name)
        if state is None:
            raise UsageError(f"there is no shard {name}; `kickcrawl fleet status` lists them")
        if len(state.outlets) < 2:
            raise UsageError(f"shard {name} has one outlet; an outlet is never split")
        to = f"{max(int(other) for other in self.names() if other.isdigit()) + 1:04}"
        self.move(state.outlets[1::2], to)
        return to

    def go_on(self) -> None:
        """Bring to its end what a command that was killed has begun: outlets that left, and did not arrive."""
        for name, state in self.states().items():
            for leaving in state.leaving:
                self._receive(leaving.to, leaving.part)
                self._append(name, lambda state, leaving=leaving: left(state, leaving, time.time()))  # type: ignore[misc]

    def _leave(self, name: str, slugs: Sequence[str], to: str) -> None:
        self._append(name, lambda state: split(state, slugs, to, time.time()))

    def _receive(self, name: str, part: Part) -> State:
        self._make_shard(name, {})
        return self._append(name, lambda state: received(state, part, time.time()) or state)

    def _refuse_work(self, name: str, state: State | None) -> None:
        """Raise ArchiveError where a worker may hold the shard: it would be told that it has lost it."""
        if state is not None and state.lease is not None and state.is_held(time.time()):
            why = f"shard {name} is at work ({state.lease.worker}); give the command again when it has ended"
            raise ArchiveError(self.storage.url, why)

    def _append(self, name: str, change: Callable[[State], State]) -> State:
        """Append what *change* makes of the newest state, again where somebody was quicker. Raises ArchiveError."""
        log = ShardLog(self.storage, name)
        for _ in range(_TRIALS):
            state = log.read()
            assert state is not None, "it was listed"
            self._refuse_work(name, state)
            changed = change(state)
            if changed is state:
                return state
            try:
                return log.append(changed)
            except Fenced:
                continue
        raise ArchiveError(self.storage.url, f"shard {name} is written to all the time; give the command again")

    def _make_shard(self, name: str, outlets: Mapping[str, str | None]) -> None:
        log = ShardLog(self.storage, name)
        if log.read() is None:
            parts = (Part(outlets=outlets),) if outlets else ()
            try:
                log.append(State(number=1, at=time.time(), said="made", parts=parts))
            except Fenced:
                return  # somebody else has made it

    @staticmethod
    def _check_name(name: str) -> None:
        if not (name.isascii() and name.replace("-", "").isalnum()):
            raise UsageError(f"{name!r} is no name of a shard; take letters and digits, such as 0012")


def _outlets_of(state: State) -> list[str]:
    return [slug for part in _parts_of(state) for slug in part.outlets]


def _parts_of(state: State) -> list[Part]:
    return [*state.parts, *(leaving.part for leaving in state.leaving)]


def known_outlets(extra: str | None) -> dict[str, str | None]:
    """Return all outlets by slug, with the file's text of those in the folder *extra*. Raises OutletError."""
    known = load_outlets(outlet_folders(extra))
    own = {file.stem: file.read_text(encoding="utf-8") for file in Path(extra).rglob("*.toml")} if extra else {}
    return {slug: own.get(slug) for slug in known}
