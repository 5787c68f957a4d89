"""What is true of a shard at a time, and which state may follow which. Pure: no clock, no store.

Each state has the next number. Who creates that number in the shard's log has won it, so that of two who take a shard
one fails. The number of the state in which a lease began is its *fence*: what its holder writes later is refused once
the log has gone on without it, however long the holder was away.
"""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict

LEASE = 60.0  # seconds; renewed four times as often
GRACE = 5.0  # seconds that another worker waits longer: clocks differ


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Stored(_Frozen):
    """An archive in the storage: its file's *name*, its *size* in bytes and SHA-256, the *head* of its chain.

    *articles*: how many it has of each outlet.
    """

    name: str
    size: int
    sha256: str
    articles: Mapping[str, int]
    head: str


class Part(_Frozen):
    """Outlets of a shard, by slug with their file's text (None: it comes with kickcrawl), and the archive they are in.

    An archive may hold other outlets, too, that were moved away: it speaks for these only. *warc* names the list of its
    WARC files, None if there are none.
    """

    outlets: Mapping[str, str | None]
    archive: Stored | None = None
    warc: str | None = None


class Lease(_Frozen):
    """Who works on a shard: a *worker*, for people, since the state *fence*, *until* that second (UNIX time)."""

    worker: str
    fence: int
    until: float


class Leaving(_Frozen):
    """A part on its way to the shard *to*."""

    to: str
    part: Part


class State(_Frozen):
    """A shard at a time. *said*: what this state came of, for people. *due*: when one of its outlets is (UNIX time).

    *counts*: what the last run brought, as `kickcrawl run --json` counts. *failed*: outlets of which it failed, with
    the reason. *shared*: archives that other shards began with.
    """

    number: int
    at: float
    said: str
    parts: tuple[Part, ...] = ()
    lease: Lease | None = None
    leaving: tuple[Leaving, ...] = ()
    due: float = 0.0
    counts: Mapping[str, int] = {}
    failed: Mapping[str, str] = {}
    shared: tuple[str, ...] = ()

    @property
    def outlets(self) -> list[str]:
        """The slugs of the shard's outlets, sorted."""
        return sorted(slug for part in self.parts for slug in part.outlets)

    def is_held(self, now: float) -> bool:
        """Tell whether somebody may be at work on the shard."""
        return self.lease is not None and now < self.lease.until + GRACE

    def next(self, now: float, said: str, **changes: object) -> "State":
        """Return the state that follows, with these *changes*."""
        return self.model_copy(update={**changes, "number": self.number + 1, "at": now, "said": said})


def taken(state: State, worker: str, now: float, seconds: float = LEASE, given_out: int | None = None) -> State | None:
    """Return the state in which *worker* holds the shard; None while another may.

    None, too, where it was given back since the state *given_out*, for whose sake it is to be taken: then all is done.
    """
    is_done = state.lease is None and given_out not in (None, state.number)
    if is_done or state.is_held(now):
        return None
    lease = Lease(worker=worker, fence=state.number + 1, until=now + seconds)
    return state.next(now, f"taken by {worker}", lease=lease)


def renewed(state: State, now: float, seconds: float = LEASE) -> State:
    """Return the state in which the lease of *state* lasts longer."""
    assert state.lease is not None, "only a holder renews"
    return state.next(now, "renewed", lease=state.lease.model_copy(update={"until": now + seconds}))


def given_back(state: State, now: float, said: str, **changes: object) -> State:
    """Return the state in which the holder has given the shard back, with these *changes*."""
    return state.next(now, said, lease=None, **changes)


def split(state: State, slugs: Sequence[str], to: str, now: float) -> State:
    """Return the state in which the outlets *slugs* are on their way to the shard *to*, each part with its archive.

    Raises KeyError for a slug that the shard does not have.
    """
    if missing := set(slugs) - set(state.outlets):
        raise KeyError(sorted(missing)[0])
    stay, leave = [], list(state.leaving)
    for part in state.parts:
        gone = {slug: text for slug, text in part.outlets.items() if slug in slugs}
        rest = {slug: text for slug, text in part.outlets.items() if slug not in slugs}
        if rest:
            stay.append(part.model_copy(update={"outlets": rest}))
        if gone:
            leave.append(Leaving(to=to, part=part.model_copy(update={"outlets": gone})))
    shared = {*state.shared, *(one.part.archive.name for one in leave if one.part.archive)}
    changes = {"parts": tuple(stay), "leaving": tuple(leave), "shared": tuple(sorted(shared))}
    return state.next(now, f"{len(slugs)} outlets go to {to}", **changes)


def received(state: State, part: Part, now: float) -> State | None:
    """Return the state in which *part* has come; None if it is here already."""
    if set(part.outlets) <= set(state.outlets):
        return None
    same = [one for one in state.parts if one.archive == part.archive and one.warc == part.warc]
    if same:  # it comes back to the archive that it left
        joined = same[0].model_copy(update={"outlets": {**same[0].outlets, **part.outlets}})
        parts = tuple(joined if one is same[0] else one for one in state.parts)
    else:
        parts = (*state.parts, part)
    return state.next(now, f"{len(part.outlets)} outlets came", parts=parts, due=0.0)


def left(state: State, leaving: Leaving, now: float) -> State:
    """Return the state in which *leaving* has arrived where it went."""
    rest = tuple(one for one in state.leaving if one != leaving)
    return state.next(now, f"outlets have arrived at {leaving.to}", leaving=rest)
