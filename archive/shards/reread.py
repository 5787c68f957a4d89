"""Read the captures of several shards again with today's extractor, as `reextract` does with those of one archive.

    reread_shards(fan, Reread(...)) -> a tally for each outlet        total(tallies) -> one for all of them
    reread(path, Reread(...))       -> the tallies of one shard; a step

Each shard's WARC folder lies beside its archive. Killed on its way, it goes on where it was, as `reextract` does.
"""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.database import open_archive
from archive.replay.reextract import MAX_SHOWN, ReextractTally, reextract, to_read
from archive.replay.todays_rules import todays_rules
from archive.replay.won_and_lost import MAX_EXAMPLES, RuleTally
from archive.shards.fan import Fan
from kickcrawl.errors import UsageError

Tallies = dict[str, ReextractTally]  # by outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What is read again: of one *outlet*, published *since* a day (YYYY-MM-DD, UTC); with *again* also what this very
    extractor has read. Without *accept* it is a trial that reads all and changes nothing.

    *processes* read pages for each shard: one where a machine has several shards under way.
    """

    outlet: str | None = None
    since: str | None = None
    again: bool = False
    accept: bool = True
    processes: int = 1


def reread_shards(fan: Fan, asked: Reread) -> Tallies:
    """Read the captures of all shards again; return a tally for each outlet of which something was read.

    Raises UsageError where no shard holds anything of the outlet that is asked for.
    """
    answers = [tallies for tallies in fan(reread, asked) if tallies is not None]
    if asked.outlet is not None and not answers:
        raise UsageError(f"no shard holds anything of an outlet {asked.outlet!r}")
    return merged(answers)


def reread(path: Path, asked: Reread) -> Tallies | None:
    """Read the captures of the archive at *path* again; None where it holds nothing of the outlet that is asked for."""
    with closing(open_archive(path, read_only=not asked.accept)) as archive:
        known = "SELECT 1 FROM outlets WHERE slug = :slug"
        if asked.outlet is not None and archive.row(known, {"slug": asked.outlet}) is None:
            return None
        again = asked.again or not asked.accept
        keys = to_read(archive, outlet=asked.outlet, since=asked.since, limit=None, again=again)
        rules = todays_rules(archive)
        return asyncio.run(reextract(archive, rules, keys, accept=asked.accept, processes=asked.processes))


def merged(shards: Iterable[Mapping[str, ReextractTally]]) -> Tallies:
    """Return the tally of each outlet, by its name; one that moved between shards has been read in parts."""
    parts: dict[str, list[ReextractTally]] = {}
    for tallies in shards:
        for outlet, tally in tallies.items():
            parts.setdefault(outlet, []).append(tally)
    return {outlet: total(parts[outlet]) for outlet in sorted(parts)}


def total(tallies: Iterable[ReextractTally]) -> ReextractTally:
    """Return one tally of all that *tallies* count, with the largest of their differences."""
    whole = ReextractTally()
    for tally in tallies:
        whole.read += tally.read
        whole.same += tally.same
        whole.fields.update(tally.fields)
        whole.lost += tally.lost
        whole.won += tally.won
        whole.failed += tally.failed
        whole.largest += tally.largest
        for rule, found in tally.rules.items():
            whole.rules[rule] = _sum(whole.rules.get(rule, RuleTally()), found)
    whole.largest = sorted(whole.largest, key=lambda difference: -difference.words)[:MAX_SHOWN]
    return whole


def _sum(one: RuleTally, other: RuleTally) -> RuleTally:
    return RuleTally(
        lost=one.lost + other.lost,
        lost_characters=one.lost_characters + other.lost_characters,
        won=one.won + other.won,
        won_characters=one.won_characters + other.won_characters,
        examples=[*one.examples, *other.examples][:MAX_EXAMPLES],
    )
