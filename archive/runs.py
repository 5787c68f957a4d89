"""Runs: one row for each crawl of one outlet, from its start to its end, whatever the end was."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from archive import frontier
from archive.chain import link_captures
from archive.database import Archive
from archive.outlets import OutletRow, write_outlet
from archive.seeds.reach import note_reaches
from kickcrawl import __version__
from kickcrawl.article import SeedKind
from kickcrawl.dates import to_iso

Outcome = Literal["complete", "failed", "interrupted"]


@dataclass(frozen=True, slots=True)
class SeedMemory:
    """What is remembered of a seed from run to run; see the table seeds."""

    watermark: str | None = None
    swept_at: str | None = None
    surplus: int | None = None
    total: int | None = None
    unnamed: int | None = None
    years: str = "{}"
    counted_at: str | None = None


def start_run(archive: Archive, outlet: OutletRow, arguments: dict[str, str], now: datetime) -> int:
    """Note that a run of *outlet* (a row of the table outlets) starts; return its id.

    The outlet's lock is held, so that a run without an end has died; what it had leased is due again.
    """
    slug = str(outlet["slug"])
    with archive.transaction():
        write_outlet(archive, outlet)
        bury_runs(archive, [row["id"] for row in archive.rows(_RUNNING, {"outlet": slug})])
        frontier.release(archive, slug)
        return archive.write(
            "INSERT INTO runs (outlet, started_at, outcome, arguments, version) "
            "VALUES (:outlet, :now, 'running', :arguments, :version)",
            {
                "outlet": slug,
                "now": to_iso(now),
                "version": __version__,
                "arguments": json.dumps(arguments, ensure_ascii=False),
            },  # fmt: skip
        )


def has_ended(archive: Archive, outlet: str) -> bool:
    """Tell whether a run of *outlet* has done all that it was asked."""
    return archive.value("SELECT 1 FROM runs WHERE outlet = :o AND outcome = 'complete' LIMIT 1", {"o": outlet}) == 1


def bury_runs(archive: Archive, run_ids: Sequence[int]) -> None:
    """Note that these runs, of which no process is left, have died."""
    archive.write(_BURY, {"runs": json.dumps(list(run_ids))})


def end_run(
    archive: Archive,
    run_id: int,
    outcome: Outcome,
    now: datetime,
    *,
    reason: str | None = None,
    counts: dict[str, int],
    seeds: Sequence[Mapping[str, object]],
    complaints: Sequence[Mapping[str, object]] = (),
    addresses: Mapping[str, object] | None = None,
    vouches: bool = True,
) -> str:
    """Note how a run ended, add the chain's link for its captures (on the disk by now), and return the chain's head.

    *vouches*: all that its seeds named stands in the frontier, so that their reach counts.
    """
    values = {
        "id": run_id,
        "now": to_iso(now),
        "outcome": outcome,
        "reason": reason,
        "counts": json.dumps(counts),
        "seeds": json.dumps(list(seeds), ensure_ascii=False),
        "complaints": json.dumps(list(complaints), ensure_ascii=False),
        "addresses": json.dumps(addresses or {}, ensure_ascii=False),
    }
    with archive.transaction():
        archive.write(
            "UPDATE runs SET finished_at = :now, outcome = :outcome, reason = :reason, counts = :counts, "
            "seeds = :seeds, complaints = :complaints, addresses = :addresses WHERE id = :id",
            values,
        )
        if vouches:
            outlet = archive.text("SELECT outlet FROM runs WHERE id = :id", {"id": run_id})
            note_reaches(archive, outlet or "", seeds)
        return link_captures(archive, run_id)


def count_answers(archive: Archive, outlet: str, day: str) -> int:
    """Return how many answers the outlet's runs got since the beginning of *day* (UTC, "2026-11-25")."""
    return archive.count(_ANSWERS, {"outlet": outlet, "day": day})


def recall_seed(archive: Archive, outlet: str, seed: SeedKind) -> SeedMemory:
    """Return what is remembered of a seed; all None if nothing is."""
    row = archive.row("SELECT * FROM seeds WHERE outlet = :outlet AND seed = :seed", {"outlet": outlet, "seed": seed})
    return SeedMemory(**{name: row[name] for name in SeedMemory.__slots__}) if row is not None else SeedMemory()


def remember_seed(archive: Archive, outlet: str, seed: SeedKind, memory: SeedMemory) -> None:
    """Keep *memory* for the next run."""
    values = {name: getattr(memory, name) for name in SeedMemory.__slots__}
    columns = ", ".join(values)
    archive.write(
        f"INSERT INTO seeds (outlet, seed, {columns}) "
        f"VALUES (:outlet, :seed, {', '.join(f':{name}' for name in values)}) "
        f"ON CONFLICT (outlet, seed) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in values)}",
        {"outlet": outlet, "seed": seed, **values},
    )


# A run that died had ended when the outlet's next one began.
_ANSWERS = """
    SELECT count(*) FROM runs r JOIN captures c ON c.run_id = r.id
    WHERE r.outlet = :outlet AND coalesce(r.finished_at, :day) >= :day AND c.fetched_at >= :day
    AND NOT EXISTS (SELECT 1 FROM runs n WHERE n.outlet = r.outlet AND n.id > r.id AND n.started_at < :day)
"""
_RUNNING = "SELECT id FROM runs WHERE outlet = :outlet AND outcome = 'running'"
# The counts of a run that died are lost; only stored and revised articles can be counted from the tables.
_BURY = """
    UPDATE runs SET outcome = 'died', reason = 'the process ended without a word', counts = json_object(
        'stored', (SELECT count(*) FROM revisions v WHERE v.run_id = runs.id AND v.number = 1),
        'revised', (SELECT count(*) FROM revisions v WHERE v.run_id = runs.id AND v.number > 1)
    ) WHERE id IN (SELECT value FROM json_each(:runs)) AND outcome = 'running'
"""
