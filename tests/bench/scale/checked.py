"""The rounds that were measured, the costs that follow from the small ones, and how well these foretell the large one.

Measured by tests/bench/scale/measured.py; docs/scale.md says when, and beside what.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import mean

from spiders.fleet.state import LEASE
from tests.bench.scale.costs import Costs
from tests.bench.scale.measured import Measured
from tests.bench.scale.model import round_of

WORKERS = 2
ROUNDS = (
    Measured(
        shards=4,
        outlets=64,
        articles=640,
        requests=1024,
        cpu=41.4,
        wall=133.8,
        probe=43.0,
        load=28.5,
        archives=8437760,
        warc=1542262,
        puts=90,
    ),
    Measured(
        shards=4,
        outlets=64,
        articles=0,
        requests=256,
        cpu=28.7,
        wall=48.4,
        probe=41.2,
        load=55.4,
        archives=8667136,
        warc=1860168,
        puts=80,
    ),
    Measured(
        shards=12,
        outlets=64,
        articles=640,
        requests=1024,
        cpu=61.1,
        wall=89.8,
        probe=40.2,
        load=77.0,
        archives=13467648,
        warc=1541947,
        puts=125,
    ),
    Measured(
        shards=2,
        outlets=2,
        articles=2,
        requests=14,
        cpu=18.3,
        wall=33.9,
        probe=39.3,
        load=55.1,
        archives=1409024,
        warc=16897,
        puts=13,
    ),
    Measured(
        shards=2,
        outlets=64,
        articles=64,
        requests=448,
        cpu=21.6,
        wall=36.0,
        probe=40.1,
        load=52.2,
        archives=2375680,
        warc=541408,
        puts=75,
    ),
)
CHECK = Measured(
    shards=64,
    outlets=640,
    articles=6400,
    requests=10240,
    cpu=345.1,
    wall=544.7,
    probe=41.2,
    load=48.7,
    archives=97566720,
    warc=15437302,
    puts=980,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrated:
    """Costs of simulated outlets. *ray*: CPU seconds of a round beside its turns; *requests*: of an outlet's first run.

    *cores*: what the machine gave the command on average, beside all that ran there.
    """

    costs: Costs
    ray: float
    requests: float
    cores: float


def calibrate(first: Measured, again: Measured, finer: Measured, few: Measured, many: Measured) -> Calibrated:
    """Return what follows from rounds: the *first*, *again*, in more shards; *few* outlets and *many*, of one article.

    A round takes R + S turns + O outlets + P articles; each of these is a difference of two rounds.
    """
    shards = finer.shards - first.shards
    turn = (finer.cpu - first.cpu) / shards
    article = (first.cpu - again.cpu) / first.articles
    outlet = (many.cpu - few.cpu) / (many.outlets - few.outlets) - article
    known = [one.cpu - one.shards * turn - one.outlets * outlet - one.articles * article for one in (first, few, many)]
    base = (finer.archives - first.archives) / shards
    costs = Costs(
        turn_cpu=turn,
        outlet_cpu=outlet,
        article_cpu=article,
        archive_base=round(base),
        article_bytes=round((first.archives - first.shards * base) / first.articles),
        wire_bytes=round(first.warc / first.requests),
        warc_factor=1,  # what a request leaves in WARC files, what describes the run included
        run_bytes=0,
    )
    return Calibrated(
        costs=costs,
        ray=mean(known),
        requests=first.requests / first.outlets,
        cores=(first.cpu + finer.cpu) / (first.wall + finer.wall),
    )


def errors(check: Measured, known: Calibrated) -> Iterator[tuple[str, float, float, float]]:
    """Yield what was foretold of a round, what was measured, and the error as a share of it."""
    load = round_of(
        turns=check.shards,
        outlets=check.outlets,
        articles=check.articles,
        requests=check.outlets * known.requests,
        costs=known.costs,
    )
    cpu = load.cpu + known.ray
    renewed = WORKERS * cpu / known.cores / (LEASE / 4)
    pairs = (
        ("CPU, s", cpu, check.cpu),
        ("requests", load.requests, check.requests),
        ("WARC files, bytes", load.warc, check.warc),
        ("archives, bytes", load.archive, check.archives),
        ("puts", load.puts + renewed, check.puts),
        (f"wall, s, with {known.cores:.2f} cores to be had", cpu / known.cores, check.wall),
    )
    for name, predicted, measured in pairs:
        yield name, predicted, measured, predicted / measured - 1


COSTS = calibrate(*ROUNDS)
# Of real pages, in the layouts of 34 publishers: measurements.md, "A crawl".
PRACTICE = Costs(turn_cpu=COSTS.costs.turn_cpu, outlet_cpu=COSTS.costs.outlet_cpu, article_cpu=0.0204)
