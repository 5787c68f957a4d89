"""Crawl what is due in a shard, by `kickcrawl run`, as on any archive."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from spiders.fleet.taken import TakenPart
from spiders.fleet.work import Order, Outcome, ask_kickcrawl, on_shard

_COUNTED = ("new", "revised", "unchanged", "gone", "deferred", "requests")


def crawl_shard(order: Order) -> Outcome:
    """Crawl what is due in a shard, and give it back. Raises ArchiveError as on_shard() does."""
    return on_shard(order, _crawl)


def _crawl(order: Order, part: TakenPart, file: Path, outcome: Outcome) -> Sequence[float]:
    """Crawl one part; return when each of its outlets is due again (UNIX time)."""
    slugs = sorted(part.part.outlets)
    settings = {**order.settings, **({"OUTLETS": part.outlets} if part.outlets.exists() else {})}
    said, why = ask_kickcrawl(part, file, ["run", *slugs, *["--all"] * order.everything, *_options(settings)])
    if said is None:
        outcome.failed |= dict.fromkeys(slugs, why)
        return [0.0]
    outcome.counts["crawled"] += len(said["outlets"])
    for one in said["outlets"]:
        outcome.counts.update({name: one[name] for name in _COUNTED})
        if one["failure"]:
            outcome.failed[one["outlet"]] = one["failure"]
    return [datetime.fromisoformat(one["next_due"]).timestamp() for one in (*said["outlets"], *said["waiting"])]


def _options(settings: Mapping[str, Any]) -> list[str]:
    return [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
