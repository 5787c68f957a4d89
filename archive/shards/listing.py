"""The first articles of one shard, as they would stand in one archive of all shards."""

import json
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from archive.database import Archive, open_archive
from archive.query.bm25 import Census
from archive.query.census import take_census
from archive.query.choice import Choice
from archive.query.choose import Order, by_time
from archive.query.condition import Condition, condition_in
from archive.query.hits import Hit, hits_of
from archive.query.match import Match
from archive.query.newest import newest
from archive.query.relevance import MAX_RANKED, first, look_up, scores_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a shard is to list: the first *limit* articles of *choice*, whose words *found* finds, all without a limit.

    By relevance those published since *since* are weighed, all where it is None, with the census of the *whole*; of the
    others *behind* are listed, all where it is None.
    """

    choice: Choice
    found: Match | None
    order: Order
    limit: int | None
    behind: int | None
    whole: Census
    since: str | None
    marks: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The first articles of a shard: the best of those that were weighed, with their scores, and others by time."""

    best: list[tuple[float, Hit]]
    others: list[Hit]


def read_first(path: Path, listing: Listing) -> Listed:
    """Return the first articles of the archive at *path*: a step."""
    with closing(open_archive(path, read_only=True)) as archive:
        asked = condition_in(archive, listing.choice, listing.found)
        scores: dict[int, float] = {}
        if listing.order == "relevance" and listing.found is not None:
            keys = _weighed(archive, asked, listing.since)
            here = take_census(archive, listing.found, asked.held)
            scores = scores_of(archive, listing.found, keys, here, listing.whole)
            rest = _without(asked, keys) if listing.since is not None else None
            others = list(by_time(archive, rest, "newest", listing.behind, tie="id")) if rest is not None else []
        else:
            others = list(by_time(archive, asked, listing.order, listing.limit, tie="id"))
        best = first(archive, scores, listing.limit, tie="id")
        hits = hits_of(archive, best + others, listing.found, listing.marks)
    return Listed(best=[(scores[key], hit) for key, hit in zip(best, hits, strict=False)], others=hits[len(best) :])


def _weighed(archive: Archive, asked: Condition, since: str | None) -> list[int]:
    """Return the keys of the articles to weigh."""
    if since is None:
        return look_up(archive, asked).keys or []
    return [key for key, published in newest(archive, asked, MAX_RANKED) if (published or "") >= since]


def _without(asked: Condition, keys: list[int]) -> Condition:
    sql = f"({asked.sql}) AND a.key NOT IN (SELECT value FROM json_each(:weighed))"
    return replace(asked, sql=sql, values=asked.values | {"weighed": json.dumps(keys)}, total=None)
