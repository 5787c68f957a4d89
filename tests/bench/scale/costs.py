"""What the model of docs/scale.md is fed with: measured costs with their source, and what is assumed.

Bytes, seconds of CPU on one core of the machine that measured, requests. Nothing is computed here.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Outlets of a kind: their *share* of all, and what one of them does a day; *runs*: what its rhythm asks for."""

    share: float
    articles: int
    edits: int
    runs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What a piece of work costs; where each number comes from stands in docs/scale.md and below."""

    turn_cpu: float  # a shard's turn with nothing to do: `kickcrawl run` started, the shard taken and given back
    outlet_cpu: float  # an outlet's run beside that: its seeds asked and read
    article_cpu: float  # fetched, read, stored
    byte_cpu: float = 1 / 1.39e9  # SHA-256 of an archive that is given back (hashlib, 2026-11-30)
    quick_requests: int = 2  # of a run that asks one seed; measurements.md, "A day of one outlet"
    whole_requests: int = 5  # of a run that asks all seeds, four times a day; same place
    wire_bytes: int = 23_000  # of an answer, gzipped; measurements.md, "Captures"
    seed_bytes: int = 1_300  # of a quick run that finds nothing; measurements.md, "A day of one outlet"
    warc_factor: float = 1.03  # bytes kept for those of an exchange; measurements.md, "Captures"
    run_bytes: int = 1_900  # what a WARC file says of its run; measurements.md, "A day of one outlet"
    # In the archive, with captures and candidates; measurements.md, "What a text weighs", and 45 of two indexes later.
    article_bytes: int = 7_342
    archive_base: int = 0  # of an archive without articles; matters to small ones only
    edit_bytes: int = 4_600  # a revision and its capture: what is left of it without the article's own row
    listed_bytes: int = 130  # a WARC file's line in the list of a shard (spiders/fleet/taken.py)
    crawl_memory: int = 450_000_000  # of all processes of a crawl, at most; measurements.md, "A crawl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A worker's machine; assumed. *busy*: the share of it that may be planned with.

    *per_core*: shards crawled at a time for each core, one as `fleet run` has it; `ray start --num-cpus` may say more.
    """

    cores: int = 8
    per_core: int = 1
    memory: int = 32_000_000_000
    network: float = 1e9 / 8  # bytes a second
    busy: float = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Assumed on 2026-11-30, no vendor's: in dollars, to be replaced by those of an offer."""

    machine_month: float = 60.0
    stored_tb_month: float = 20.0
    million_puts: float = 5.0
    inner_tb: float = 0.0  # between workers and store
    outer_tb: float = 0.0  # from the outlets to the workers


KINDS = (  # requests and runs of each: measurements.md, "A day of one outlet"; the shares are assumed
    Kind(share=0.70, articles=5, edits=1, runs=35),
    Kind(share=0.25, articles=40, edits=5, runs=94),
    Kind(share=0.05, articles=150, edits=15, runs=94),
)
DELAY = 1.0  # seconds between two requests to one outlet (DOWNLOAD_DELAY)
WHOLE_RUNS = 4  # a day (rhythm.py, WHOLE_EVERY)
SIZES = (300, 5_000, 43_000)  # outlets
YEARS = 10
DAYS = 365
TERM = 90  # days in which a backfill of all is to be done; assumed
MACHINE = Machine()
PRICES = Prices()
