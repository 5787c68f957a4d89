"""The same articles in one archive and, by outlet, in several."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.storing import shelf_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharded:
    """One archive, and the archives among which its outlets are shared out."""

    whole: Path
    shards: list[Path]


def put_in_both(folder: Path, articles: Sequence[dict[str, Any]], shards: Sequence[Sequence[str]]) -> Sharded:
    """Put *articles*, what Shelf.put() takes, into one archive, and into those that *shards*, lists of slugs, name."""
    with ExitStack() as stack:
        paths = [folder / f"shard-{number}" for number in range(len(shards))]
        for path in (folder / "whole", *paths):
            path.mkdir()
        whole = stack.enter_context(shelf_in(folder / "whole"))
        shelves = [stack.enter_context(shelf_in(path)) for path in paths]
        home = {slug: shelf for shelf, slugs in zip(shelves, shards, strict=True) for slug in slugs}
        for article in articles:
            home[article["outlet"]].minutes = whole.minutes  # so that both have the same times
            whole.put(**article)
            home[article["outlet"]].put(**article)
    return Sharded(whole=folder / "whole" / "archive.db", shards=[path / "archive.db" for path in paths])
