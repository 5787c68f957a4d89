"""Search over several archives as over one: the same articles, order, scores and totals as one archive of all gives.

A shard reckons scores as they would be in that archive: with the census of all, taken from counts that the shards tell
first (archive/query/bm25.py). So only the first articles of each shard are compared. Equals come by their ids, as keys
say nothing across archives. At most three fans, and a fourth where the shards had other forms of a word together than
each for itself (archive/shards/asking.py).
"""

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from heapq import merge
from itertools import islice
from pathlib import Path

from archive.database import Archive, open_archive
from archive.outlets import read_zones
from archive.query.bm25 import Census, together, too_common
from archive.query.census import take_census
from archive.query.choice import Choice
from archive.query.choose import Bucket, Order, count_met, place, timeline_of
from archive.query.condition import Condition
from archive.query.hits import Found, Hit
from archive.query.newest import newest
from archive.query.relevance import MAX_RANKED
from archive.shards.asking import ask
from archive.shards.fan import Fan
from archive.shards.listing import Listed, Listing, read_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """How many articles of a shard meet a condition, what bm25 asks of the shard, and when the newest were published.

    *times* are at most MAX_RANKED, the newest first, "" of what is undated; none where all shards have no more articles
    together.
    """

    total: int
    census: Census
    times: list[str]


def find_among(
    fan: Fan,
    choice: Choice,
    *,
    order: Order = "relevance",
    limit: int | None = 20,
    marks: tuple[str, str] = ("[", "]"),
) -> Found:
    """Return the first *limit* articles of *choice* in all shards; as archive.query.hits.find() of one archive.

    Of more than MAX_RANKED articles those are weighed that were published when the last of the newest MAX_RANKED was,
    or later: ``ranked`` tells how many.
    """
    is_ranked = order == "relevance" and choice.words is not None
    asked = ask(fan, choice, lambda articles: partial(_take_stock, ranked=is_ranked, timed=articles > MAX_RANKED))
    total = sum(stock.total for stock in asked.answers)
    since = _since([stock.times for stock in asked.answers]) if total > MAX_RANKED else None
    ranked = sum(_count_since(stock.times, since) for stock in asked.answers) if since is not None else total
    listing = Listing(
        choice=choice,
        found=asked.found,
        order=order,
        limit=limit,
        behind=None if limit is None else max(0, limit - ranked),
        whole=together(stock.census for stock in asked.answers),
        since=since,
        marks=marks,
    )
    hits = _merged(fan(read_first, listing), order)[:limit]
    terms = asked.found.terms if is_ranked and asked.found is not None and asked.answers else ()
    return Found(
        hits=hits,
        total=total,
        ranked=ranked if ranked < total else None,
        too_common=too_common(terms, listing.whole),
    )


def _merged(listed: Sequence[Listed], order: Order) -> list[Hit]:
    """Return the articles that the shards list, as one archive would: the best by their scores, then others by time."""
    best = [scored for one in listed for scored in one.best]
    best.sort(key=lambda scored: (scored[0], *_newness(scored[1])), reverse=True)
    others = [hit for one in listed for hit in one.others]
    others.sort(key=_newness, reverse=order != "oldest")
    return [*(hit for _, hit in best), *others]


def count_among(fan: Fan, choice: Choice) -> int:
    """Return how many articles are of *choice* in all shards."""
    return sum(ask(fan, choice, lambda _: count_met).answers)


def timeline_among(fan: Fan, choice: Choice, by: Bucket) -> list[tuple[str, int]]:
    """Return how many articles are of each day, month or outlet in all shards; as archive.query.choose.timeline()."""
    counts: Counter[str] = Counter()
    for counted in ask(fan, choice, lambda _: partial(timeline_of, by=by, utc=choice.utc)).answers:
        counts.update(dict(counted))
    return sorted(counts.items(), key=None if by == "outlet" else place)


def zones_among(fan: Fan) -> dict[str, str]:
    """Return the time zone of each outlet of all shards, by its slug."""
    return {slug: zone for zones in fan(_tell_zones, None) for slug, zone in zones.items()}


def _tell_zones(path: Path, _: None) -> dict[str, str]:
    with closing(open_archive(path, read_only=True)) as archive:
        return dict(read_zones(archive))


def _take_stock(archive: Archive, asked: Condition, *, ranked: bool, timed: bool) -> Stock:
    times = [published or "" for _, published in newest(archive, asked, MAX_RANKED)] if ranked and timed else []
    census = take_census(archive, asked.match if ranked else None, asked.held)
    return Stock(total=count_met(archive, asked), census=census, times=times)


def _since(times: Sequence[list[str]]) -> str | None:
    """Return when the last of the newest MAX_RANKED articles of all shards was published; None where there are fewer.

    *times* are those of each shard, the newest first.
    """
    return next(islice(merge(*times, reverse=True), MAX_RANKED - 1, None), None)


def _count_since(times: list[str], since: str) -> int:
    return sum(time >= since for time in times)


def _newness(hit: Hit) -> tuple[str, str]:
    return hit.published_at or "", hit.id
