"""Read a shard's captures again with today's extractor, by `kickcrawl reextract`, as those of any archive."""

from collections.abc import Sequence
from pathlib import Path

from spiders.fleet.taken import TakenPart
from spiders.fleet.work import Order, Outcome, ask_kickcrawl, on_shard

_COUNTED = {"read": "read again", "same": "the same"}
_LISTED = ("lost", "won", "failed")


def reread_shard(order: Order) -> Outcome:
    """Read a shard's captures again, and give it back. Raises ArchiveError as on_shard() does."""
    return on_shard(order, _reread)


def _reread(order: Order, part: TakenPart, file: Path, outcome: Outcome) -> Sequence[float]:
    if part.part.archive is None:
        return ()
    part.bring_records()
    said, why = ask_kickcrawl(part, file, ["reextract", "--processes", "1", *["--all"] * order.everything])
    if said is None:
        outcome.failed |= dict.fromkeys(part.part.outlets, why)
        return ()
    for tally in said.values():
        outcome.counts.update({name: tally[key] for key, name in _COUNTED.items()})
        outcome.counts.update({f"texts {name}": len(tally[name]) for name in _LISTED})
    return ()
