"""The tables of docs/scale.md, as Markdown: what `make simulate` prints, and what stands in the page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tests.bench.scale.checked import CHECK, COSTS, PRACTICE, errors
from tests.bench.scale.costs import DAYS, KINDS, MACHINE, PRICES, SIZES, TERM, YEARS, Costs, Machine
from tests.bench.scale.model import (
    Plan,
    backfill_of,
    dollars,
    largest_archive,
    machines_for,
    needs,
    polite_days,
    settled,
    slots_of,
    turn_parts,
)
from tests.bench.scale.queue import simulate


def tables() -> dict[str, str]:
    """Return each table by its name."""
    return {
        "daily": _table(["outlets", *_DAILY], map(_daily, SIZES)),
        "ages": _table(["outlets", "archives' age, years", "rounds a day", "all archives, TB", *_SHORT], _ages()),
        "backfill": _table(["outlets", *_BACKFILL], map(_backfill, SIZES)),
        "what if": _table(["43,000 outlets, 24 rounds a day, one year old", *_SHORT], _what_if()),
        "queue": _table(["outlets", "machines", "deaths", *_QUEUE], _queues()),
        "shards": _table(["rounds a day", *_SHARDS], _shards()),
        "check": _table(["640 outlets, 64 shards", "predicted", "measured", "error"], _check()),
    }  # fmt: skip


_DAILY = (
    "requests a day", "articles a day", "from outlets, GB a day", "WARC, GB a day", "archives, GB a day",
    "archives sent, TB a day", "puts a day", "core hours a day", "machines", "first limit", "$ a month",
)  # fmt: skip
_BACKFILL = (
    "pages", "politeness alone, days", "core days", "machines", "first limit", "from outlets, Mbit/s", "WARC, TB",
    "archives, TB", "archives sent, TB", "$, machines and puts", "$ a month, stored",
)  # fmt: skip
_SHORT = ("archives sent, TB a day", "machines by CPU", "by network", "by slots", "machines", "first limit")
_SHARDS = ("largest archive of a shard, MB", "outlets a shard after 1 year", "after 10")
_QUEUE = ("a turn, s", "begun: median, s", "95 of 100, s", "round ended, s", "busy")


def _daily(outlets: int) -> list[str]:
    plan = Plan(outlets=outlets)
    load, machines, first = settled(plan, KINDS, PRACTICE, MACHINE)
    stored = (load.warc + 2 * load.archive) * DAYS  # of archives the state before is kept
    bill = dollars(load, machines, 1, stored, PRICES)
    return [
        f"{outlets:,}", f"{load.requests:,.0f}", f"{load.articles:,.0f}", _short(load.wire / 1e9),
        _short(load.warc / 1e9), _short(load.archive / 1e9), _short(load.sent / 1e12), f"{load.puts:,.0f}",
        _short(load.cpu / 3600), f"{machines}", first, f"{sum(bill.values()):,.0f}",
    ]  # fmt: skip


def _ages() -> Iterator[list[str]]:
    for outlets in SIZES:
        for years in (1.0, float(YEARS)):
            for rounds in (4, 24, 96):
                plan = Plan(outlets=outlets, rounds=rounds, years=years)
                load, *_ = settled(plan, KINDS, PRACTICE, MACHINE)
                size = load.archive * DAYS * years / 1e12
                yield [f"{outlets:,}", f"{years:.0f}", f"{rounds}", _short(size), *_limits(plan, PRACTICE)]


def _limits(plan: Plan, costs: Costs, machine: Machine = MACHINE) -> list[str]:
    load, machines, first = settled(plan, KINDS, costs, machine)
    asked = needs(plan, load, 1, costs, machine)
    return [_short(load.sent / 1e12), *(_short(asked[name]) for name in asked), f"{machines}", first]


def _backfill(outlets: int) -> list[str]:
    plan = Plan(outlets=outlets, years=YEARS)
    load = backfill_of(plan, KINDS, PRACTICE, TERM)
    machines, first = machines_for(plan, load, TERM, PRACTICE, MACHINE)
    bill = dollars(load, machines, TERM, load.warc + 2 * load.archive, PRICES)
    once = (bill["machines"] + bill["puts"]) * TERM / 30
    return [
        f"{outlets:,}", f"{load.articles:,.0f}", _short(polite_days(KINDS, YEARS)), f"{load.cpu / 86_400:,.0f}",
        f"{machines}", first, _short(load.wire * 8 / 1e6 / (TERM * 86_400)), _short(load.warc / 1e12),
        _short(load.archive / 1e12), _short(load.sent / 1e12), f"{once:,.0f}", f"{bill['stored']:,.0f}",
    ]  # fmt: skip


def _what_if() -> Iterator[list[str]]:
    plan, costs = Plan(outlets=SIZES[-1]), PRACTICE
    cases: Sequence[tuple[str, Plan, Costs, Machine]] = (
        ("as above", plan, costs, MACHINE),
        ("pages weigh twice", plan, replace(costs, wire_bytes=2 * costs.wire_bytes), MACHINE),
        ("articles weigh twice in the archive", plan, replace(costs, article_bytes=2 * costs.article_bytes), MACHINE),
        ("an article costs twice the CPU", plan, replace(costs, article_cpu=2 * costs.article_cpu), MACHINE),
        ("a turn costs twice the CPU", plan, replace(costs, turn_cpu=2 * costs.turn_cpu), MACHINE),
        ("shards of 1 outlet", replace(plan, per_shard=1), costs, MACHINE),
        ("shards of 40 outlets", replace(plan, per_shard=40), costs, MACHINE),
        ("four shards a core at a time", plan, costs, replace(MACHINE, per_core=4)),
        ("ten times the network", plan, costs, replace(MACHINE, network=10 * MACHINE.network)),
        ("only what changed is given back (not built)", replace(plan, years=1 / DAYS / plan.rounds), costs, MACHINE),
    )
    return ([name, *_limits(one, costs, machine)] for name, one, costs, machine in cases)


def _queues() -> Iterator[list[str]]:
    for outlets in SIZES:
        plan = Plan(outlets=outlets)
        load, machines, _ = settled(plan, KINDS, PRACTICE, MACHINE)
        mean = sum(turn_parts(plan, load, PRACTICE, MACHINE).values())
        slots = machines * slots_of(PRACTICE, MACHINE)
        for deaths in (0.0, 0.02):
            round = simulate(shards=round_shards(load.turns, plan.rounds), slots=slots, mean=mean, deaths=deaths)
            yield [
                f"{outlets:,}", f"{machines}", f"{deaths:.0%}", f"{mean:.1f}", f"{round.median:,.0f}",
                f"{round.late:,.0f}", f"{round.end:,.0f}", f"{round.busy:.0%}",
            ]  # fmt: skip


def round_shards(turns: float, rounds: int) -> int:
    """Return how many shards are due in a round."""
    return max(1, round(turns / rounds))


def _shards() -> Iterator[list[str]]:
    each = sum(
        kind.share * (kind.articles * PRACTICE.article_bytes + kind.edits * PRACTICE.edit_bytes) for kind in KINDS
    )
    for rounds in (1, 4, 24, 96):
        size = largest_archive(86_400 / rounds, MACHINE)
        counts = (size / (each * DAYS * years) for years in (1, YEARS))
        yield [f"{rounds}", f"{size / 1e6:,.0f}", *(_short(count) for count in counts)]


def _check() -> Iterator[list[str]]:
    for name, predicted, measured, error in errors(CHECK, COSTS):
        yield [name, f"{predicted:,.0f}", f"{measured:,.0f}", f"{error:+.1%}"]


def _short(number: float) -> str:
    """Return *number* with as many digits as it is known to."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.2g}" if number < 10 else f"{number:.0f}"


def _table(head: Sequence[str], rows: Iterable[list[str]]) -> str:
    lines = [list(head), ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
