"""Addresses that a seed named and a rule leaves out: they stand in the frontier with their rule, and are never fetched.

A rule that is changed lets them in. One of ours: the next seed that names them without it makes them due. One of the
host's robots.txt: the next run that may fetch them does.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from archive.database import Archive
from kickcrawl.article import SeedKind
from kickcrawl.dates import to_iso
from kickcrawl.robots import disallowed

RULE = "rule: "  # begins the reason of such a row, before the rule itself


def exclude(archive: Archive, outlet: str, seed: SeedKind, rules: Iterable[tuple[str, str]], now: datetime) -> None:
    """Note for each address of *rules* the rule by which it is left out; what another seed made of it stays."""
    rows = [{"url": url, "reason": f"{RULE}{rule}"} for url, rule in rules]
    with archive.transaction():
        for row in rows:
            archive.write(_EXCLUDE, row | {"outlet": outlet, "now": to_iso(now)})
            archive.write(_NAMED_BY, {"url": row["url"], "seed": seed, "now": to_iso(now)})


def readmit(archive: Archive, outlet: str, host: str, allows: Callable[[str], bool], now: datetime) -> int:
    """Make due what robots.txt of *host* forbade and *allows* today; return how many. A newsroom may mend its rules."""
    rows = archive.rows(
        "SELECT url FROM frontier WHERE outlet = :outlet AND state = 'excluded' AND reason = :reason",
        {"outlet": outlet, "reason": disallowed(host)},
    )
    admitted = [{"url": row["url"], "now": to_iso(now)} for row in rows if allows(row["url"])]
    with archive.transaction():
        archive.write_many(
            "UPDATE frontier SET state = 'due', due_at = :now, attempts = 0, reason = NULL WHERE url = :url", admitted
        )
    return len(admitted)


_EXCLUDE = f"""
    INSERT INTO frontier (url, outlet, state, due_at, first_named_at, last_named_at, reason)
    VALUES (:url, :outlet, 'excluded', :now, :now, :now, :reason)
    ON CONFLICT (url) DO UPDATE SET last_named_at = :now,
        reason = iif(state = 'excluded' AND reason LIKE '{RULE}%', excluded.reason, reason)
"""
_NAMED_BY = """
    INSERT INTO frontier_seeds (url, seed, named_at) VALUES (:url, :seed, :now)
    ON CONFLICT (url, seed) DO UPDATE SET named_at = excluded.named_at, dropped_at = NULL
"""
