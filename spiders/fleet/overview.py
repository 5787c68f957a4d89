"""What is told of a fleet's shards: lines for a person, data for a program, sums of a round."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from spiders.fleet.state import State

_ROW = "{:<8} {:>7} {:>9} {:>9}  {:<17} {}"


def in_words(states: Mapping[str, State], refused: Mapping[str, int], now: float) -> Iterator[str]:
    """Yield a line for each shard, and their sum, as of *now* (UNIX time).

    *refused*: how often a worker was not allowed to give one back.
    """
    yield _ROW.format("shard", "outlets", "articles", "MB", "due (UTC)", "")
    for name, state in states.items():
        due = _moment(state.due) if state.due else "now"
        yield _ROW.format(
            name, len(state.outlets), articles_of(state), bytes_of(state) // 1_000_000, due, _about(state, now)
        )
        for slug, why in state.failed.items():
            yield f"  {slug} failed: {why}"
        for leaving in state.leaving:
            yield f"  {len(leaving.part.outlets)} outlets are on their way to {leaving.to}: the next command goes on"
        if refused.get(name):
            yield f"  {refused[name]} times a worker had lost it and was not allowed to give it back"
    outlets, articles = sum(len(state.outlets) for state in states.values()), sum(map(articles_of, states.values()))
    yield f"{len(states)} shards, {outlets} outlets, {articles:,} articles; {sum(refused.values())} writes refused"


def as_data(name: str, state: State, refused: int, now: float) -> dict[str, Any]:
    """Return a shard for a program, as of *now* (UNIX time)."""
    return {
        "shard": name,
        "outlets": state.outlets,
        "articles": articles_of(state),
        "bytes": bytes_of(state),
        "state": state.number,
        "said": state.said,
        "at": _moment(state.at),
        "due": _moment(state.due) if state.due else None,
        "worker": state.lease.worker if state.lease else None,
        "is_at_work": state.is_held(now),
        "failed": dict(state.failed),
        "refused": refused,
        "leaving": {slug: leaving.to for leaving in state.leaving for slug in leaving.part.outlets},
    }


def sums(states: Mapping[str, State], begun: float) -> dict[str, Any]:
    """Return what the shards that were given back since *begun* (UNIX time) brought."""
    ended = [state for state in states.values() if state.at >= begun and state.lease is None and state.counts]
    counts = sum((Counter(dict(state.counts)) for state in ended), Counter())
    return {"shards": len(ended), "counts": dict(counts), "failed": {k: v for s in ended for k, v in s.failed.items()}}


def in_figures(counts: Mapping[str, int]) -> str:
    """Return what was counted, in words.

    >>> in_figures({"crawled": 3, "new": 30, "gone": 0})
    '3 crawled, 30 new'
    """
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing to do"


def articles_of(state: State) -> int:
    """Return how many articles a shard has of its outlets."""
    return sum(part.archive.articles.get(slug, 0) for part in state.parts if part.archive for slug in part.outlets)


def bytes_of(state: State) -> int:
    """Return the size of a shard's archives."""
    return sum(part.archive.size for part in state.parts if part.archive)


def _about(state: State, now: float) -> str:
    if state.lease is None:
        return state.said
    if state.is_held(now):
        return f"{state.lease.worker} is at work"
    return f"{state.lease.worker} did not give it back by {_moment(state.lease.until)}; `fleet run` has it done anew"


def _moment(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M}"
