"""What each shard says of itself, asked once per state of the shard and merged into what one archive would say."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

from archive.chain import read_head
from archive.database import open_archive, version_of
from archive.shards.apart import check_apart
from archive.site.above import Above
from archive.site.facets import MAX_VALUES, Counts
from archive.site.queries import MAX_FRONT_ARTICLES, MAX_RUNS, Front, tell_front


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a shard says: its *front*, how many revisions and captures it has, its version and its chain's *head*."""

    front: Front
    revisions: int
    captures: int
    version: int
    head: str

    @property
    def articles(self) -> int:
        """How many articles it has."""
        return sum(outlet["articles"] for outlet in self.front.outlets)


def tell(path: Path, _: None) -> Told:
    """Return what the shard at *path* says of itself: a step."""
    with closing(open_archive(path, read_only=True)) as archive:
        return Told(
            front=tell_front(archive),
            revisions=archive.count("SELECT count(*) FROM revisions"),
            captures=archive.count("SELECT count(*) FROM captures"),
            version=version_of(archive),
            head=read_head(archive),
        )


class Kept:
    """What shards have said, by their paths: a shard's file never changes."""

    def __init__(self) -> None:
        self._told: dict[Path, Told] = {}

    def tell(self, path: Path, _: None) -> Told:
        """Return what the shard at *path* says of itself: a step in this process."""
        told = self._told.get(path)
        if told is None:
            told = self._told[path] = tell(path, None)
        return told

    def forget_others(self, paths: Collection[Path | None]) -> None:
        """Forget what shards have said that are not shown any more."""
        self._told = {path: told for path, told in list(self._told.items()) if path in paths}


def joined(names: Sequence[str], told: Sequence[Told]) -> Front:
    """Return what the shards *names* have told as one archive would. Raises UsageError for an outlet that is in two."""
    homes = homes_of(names, told)
    fronts = [one.front for one in told]
    runs = [
        run | {"at": Above(path="", shard=homes[run["outlet"]]).mount} for run in _all(front.runs for front in fronts)
    ]
    return Front(
        outlets=sorted(_all(front.outlets for front in fronts), key=itemgetter("name")),
        months=_months(told),
        latest=_newest(_all(front.latest for front in fronts), "published_at")[:MAX_FRONT_ARTICLES],
        edited=_newest(_all(front.edited for front in fronts), "recorded_at")[:MAX_FRONT_ARTICLES],
        runs=_newest(runs, "started_at")[:MAX_RUNS],
    )


def homes_of(names: Sequence[str], told: Sequence[Told]) -> dict[str, str]:
    """Return the shard of each outlet. Raises UsageError for an outlet that is in two."""
    return check_apart(names, [[outlet["slug"] for outlet in one.front.outlets] for one in told])


def outlets_of(told: Iterable[Told]) -> dict[str, Mapping[str, Any]]:
    """Return the outlets of all shards by slug, in the order of their names."""
    outlets = sorted(_all(one.front.outlets for one in told), key=itemgetter("name"))
    return {outlet["slug"]: outlet for outlet in outlets}


def counts_of_all(told: Sequence[Told]) -> Counts:
    """Return the counts of all articles by outlet and month, which nobody needs to count."""
    outlets = sorted((-outlet["articles"], outlet["slug"]) for one in told for outlet in one.front.outlets)
    by_outlet = [(slug, -articles) for articles, slug in outlets[:MAX_VALUES] if articles]
    return Counts(facets={"outlet": by_outlet}, over_time=_months(told), counted=None)


def _months(told: Sequence[Told]) -> list[tuple[str, int]]:
    sums: Counter[str] = Counter()
    for one in told:
        sums.update(dict(one.front.months))  # months without articles, too
    return sorted(sums.items())


def _all(rows: Iterable[Iterable[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [row for some in rows for row in some]


def _newest(rows: list[dict[str, Any]], column: str) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row[column] or "", str(row["id"])), reverse=True)
