"""What so many outlets need: CPU, requests, bytes, puts, machines, money. Arithmetic on costs.py, nothing else."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.scale.costs import DAYS, DELAY, WHOLE_RUNS, Costs, Kind, Machine, Prices


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What work there is: so many *turns* of shards, *runs* of outlets, and what comes of them.

    *sent*: bytes of archives given back; *brought*: of archives taken; *lists*: bytes of lists of WARC files.
    """

    turns: float
    runs: float
    articles: float
    edits: float
    requests: float
    cpu: float
    wire: float
    warc: float
    archive: float
    sent: float
    brought: float
    lists: float
    puts: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A way to operate: *outlets*, so many in a shard, so many *rounds* a day, with archives of so many *years*."""

    outlets: int
    per_shard: int = 10
    rounds: int = 24
    years: float = 1.0

    @property
    def shards(self) -> int:
        """How many shards."""
        return math.ceil(self.outlets / self.per_shard)


def requests_of(kind: Kind, runs: float, costs: Costs) -> float:
    """Return the requests of a day to one outlet that is asked in so many *runs*."""
    whole = min(WHOLE_RUNS, runs) * (costs.whole_requests - costs.quick_requests)
    return runs * costs.quick_requests + whole + kind.articles + kind.edits


def round_of(*, turns: int, outlets: int, articles: int, requests: float, costs: Costs) -> Load:
    """Return one round of a new fleet, every outlet crawled once and every archive small."""
    archive = turns * costs.archive_base + articles * costs.article_bytes
    return Load(
        turns=turns,
        runs=outlets,
        articles=articles,
        edits=0,
        requests=requests,
        cpu=turns * costs.turn_cpu + outlets * costs.outlet_cpu + articles * costs.article_cpu,
        wire=requests * costs.wire_bytes,
        warc=requests * costs.wire_bytes * costs.warc_factor + outlets * costs.run_bytes,
        archive=archive,
        sent=archive,
        brought=0,
        lists=outlets * costs.listed_bytes,
        puts=turns * 5 + outlets,  # made, taken, given back, archive, list; a WARC file an outlet
    )


def day_of(plan: Plan, kinds: Sequence[Kind], costs: Costs, machines: int = 1) -> Load:
    """Return a day of operation, at the end of which the archives are *years* old.

    A shard has its turn in each round in which one of its outlets is due. Its archive is given back whole, and brought
    anew by any machine but the one that had it last.
    """
    runs = articles = edits = requests = 0.0
    idle = 1.0  # chance that no outlet of a shard is due in a round
    for kind in kinds:
        count = plan.outlets * kind.share
        each = min(kind.runs, plan.rounds)
        runs += count * each
        articles += count * kind.articles
        edits += count * kind.edits
        requests += count * requests_of(kind, each, costs)
        idle *= (1 - each / plan.rounds) ** (plan.per_shard * kind.share)
    turns = plan.shards * plan.rounds * (1 - idle)
    archive = articles * costs.article_bytes + edits * costs.edit_bytes
    old = archive * DAYS * plan.years  # bytes of all archives
    sent = old * turns / plan.shards
    lists = runs * DAYS * plan.years * costs.listed_bytes * turns / plan.shards
    pages = (articles + edits) * costs.wire_bytes + runs * costs.seed_bytes
    cpu = turns * costs.turn_cpu + runs * costs.outlet_cpu + (articles + edits) * costs.article_cpu
    return Load(
        turns=turns,
        runs=runs,
        articles=articles,
        edits=edits,
        requests=requests,
        cpu=cpu + sent * costs.byte_cpu,
        wire=pages,
        warc=pages * costs.warc_factor + runs * costs.run_bytes,
        archive=archive,
        sent=sent,
        brought=sent * (1 - 1 / machines),
        lists=lists,
        puts=4 * turns + runs,  # taken, given back, archive, list; a WARC file a run
    )


def backfill_of(plan: Plan, kinds: Sequence[Kind], costs: Costs, days: float) -> Load:
    """Return all that fetching *years* back takes, a turn a day of each shard for so many *days*."""
    articles = sum(plan.outlets * kind.share * kind.articles for kind in kinds) * DAYS * plan.years
    turns, runs = plan.shards * days, plan.outlets * days
    archive = articles * costs.article_bytes
    wire = articles * costs.wire_bytes
    sent = archive / 2 * days  # it grows from nothing to all
    cpu = turns * costs.turn_cpu + runs * costs.outlet_cpu + articles * costs.article_cpu
    return Load(
        turns=turns,
        runs=runs,
        articles=articles,
        edits=0,
        requests=articles + runs * costs.whole_requests,
        cpu=cpu + sent * costs.byte_cpu,
        wire=wire,
        warc=wire * costs.warc_factor + runs * costs.run_bytes,
        archive=archive,
        sent=sent,
        brought=sent,
        lists=runs * days / 2 * costs.listed_bytes,
        puts=4 * turns + runs,
    )


def polite_days(kinds: Sequence[Kind], years: float, delay: float = DELAY) -> float:
    """Return the days that the largest kind of outlet takes at one request in *delay* seconds, day and night."""
    return max(kind.articles for kind in kinds) * DAYS * years * delay / 86_400


def turn_parts(plan: Plan, load: Load, costs: Costs, machine: Machine) -> dict[str, float]:
    """Return for how many seconds a shard's turn holds its slot, by what it waits for.

    Outlets of a shard are asked at the same time, each at its pace; the slowest is taken for twice the mean.
    """
    slowest = 2 if plan.per_shard > 1 else 1
    moved = (load.sent + load.brought + load.lists) / load.turns
    return {
        "its CPU": load.cpu / load.turns * max(1, slots_of(costs, machine) / machine.cores),
        "pauses between requests": slowest * load.requests / load.runs * DELAY,
        "archives' transfers": moved / (machine.network / slots_of(costs, machine)),
    }


def slots_of(costs: Costs, machine: Machine) -> int:
    """Return how many shards a machine crawls at a time, as far as its memory reaches."""
    return min(machine.cores * machine.per_core, int(machine.memory * machine.busy / costs.crawl_memory))


def needs(plan: Plan, load: Load, days: float, costs: Costs, machine: Machine) -> dict[str, float]:
    """Return the machines that each limit asks for, were it the only one; *load* is the work of so many *days*."""
    seconds = 86_400 * days * machine.busy
    moved = load.wire + load.warc + load.sent + load.brought + load.lists
    turn = sum(turn_parts(plan, load, costs, machine).values())
    return {
        "CPU": load.cpu / (seconds * machine.cores),
        "network": moved / (seconds * machine.network),
        "slots": load.turns * turn / (seconds * slots_of(costs, machine)),
    }


def machines_for(plan: Plan, load: Load, days: float, costs: Costs, machine: Machine) -> tuple[int, str]:
    """Return how many machines are needed, and which limit says so."""
    asked = needs(plan, load, days, costs, machine)
    first, count = max(asked.items(), key=lambda item: item[1])
    if first == "slots":
        parts = turn_parts(plan, load, costs, machine)
        first += f": {max(parts, key=lambda name: parts[name])}"
    return max(1, math.ceil(count)), first


def settled(plan: Plan, kinds: Sequence[Kind], costs: Costs, machine: Machine) -> tuple[Load, int, str]:
    """Return a day's load, the machines for it and their first limit: more machines bring more archives anew."""
    count = 1
    while True:
        load = day_of(plan, kinds, costs, count)
        wanted, first = machines_for(plan, load, 1, costs, machine)
        if wanted <= count:
            return load, count, first
        count = wanted


def dollars(load: Load, machines: int, days: float, stored: float, prices: Prices) -> dict[str, float]:
    """Return what a month of such days costs; *load* is that of *days*, *stored* the bytes that lie in the store."""
    month = 30 / days
    return {
        "machines": machines * prices.machine_month,
        "stored": stored / 1e12 * prices.stored_tb_month,
        "puts": load.puts * month / 1e6 * prices.million_puts,
        "moved": month * ((load.sent + load.brought) * prices.inner_tb + load.wire * prices.outer_tb) / 1e12,
    }


def largest_archive(interval: float, machine: Machine, share: float = 0.1) -> float:
    """Return the bytes of an archive whose transfers, there and back, take a *share* of the seconds between turns."""
    return share * interval * machine.network / machine.cores / 2
