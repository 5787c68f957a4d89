"""The frontier: every candidate that a seed ever named, and which of them are due. It lives in the archive, so it
survives anything that the archive survives.

    name()   a seed names candidates: new ones and edited ones become due, the rest is noted
    lease()  take the newest due candidates; while leased, no one else takes them
    resolve() what became of one, in the transaction that stores the article
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from archive.claims import claims_from_json, says_otherwise
from archive.database import Archive
from archive.named_rows import LOCKED, FrontierRow, NamedRows, apart, held_rows
from archive.seeds.excluded import RULE
from archive.seeds.span import DUE, NEWEST_FIRST, WITHIN
from archive.seeds.standing import STANDING
from archive.seeds.times import Belief
from archive.seeds.wording import as_worded
from archive.tombstones import read_tombstones, shut
from kickcrawl.article import Article, Candidate, Claim
from kickcrawl.dates import to_iso
from kickcrawl.discovery.future import without_future
from kickcrawl.discovery.lastmod import Lastmod, Seen, says_edited
from kickcrawl.doubt import Standing

FinalState = Literal["done", "rejected", "excluded", "gone"]
# Pause after the first, second, ... failure in a row; the last one for all further failures. The first failure is tried
# again at the end of the same run, because failed candidates sort last.
BACKOFF_HOURS = (0, 1, 4, 12, 24, 72, 168)


@dataclass(frozen=True, slots=True)
class Named:
    """How many of a seed's candidates were new to the frontier, edited since the last fetch, or known and unchanged."""

    new: int
    edited: int
    known: int


@dataclass(frozen=True, slots=True)
class Due:
    """A leased candidate, with what seeds said about it."""

    url: str
    claims: tuple[Claim, ...]
    native_id: str | None
    title: str | None
    is_known: bool  # an article is archived under this address
    standing: Standing = "unknown"
    was_checked: bool = True  # an answer has resolved it before


def is_due(candidate: Candidate, known: FrontierRow | None, now: datetime, said: str | None = None) -> bool:
    """Decide whether a *candidate* named *now* must be fetched, given its frontier row *known* (None if new).

    An article is fetched again when its seed names a later modified time than before (*said* is what this seed gave
    last); without an earlier one, later than the last fetch by the server's clock. It is also fetched again when the
    list of all posts says something else of it: WordPress does not change the time of a post that was only moved to
    another category.
    """
    if candidate.protected:
        return False
    if known is None or known["state"] == "gone":
        return True
    if known["state"] in ("due", "leased"):
        return True
    if known["state"] == "excluded":
        if candidate.protected is False and known["reason"] != "noarchive":
            return True  # its seed says of each post whether a password protects it; most seeds do not know
        if known["reason"] == LOCKED:
            return False  # REST named it locked; a later modified time may come from the locking itself
        if (known["reason"] or "").startswith(RULE):
            return True  # the rule that left it out has changed
    is_by_database = candidate.seed not in ("feed", "listing", "sitemap", "related", "web-archive")
    if is_by_database and known["state"] == "done" and says_otherwise(candidate.claims, known["claims"]):
        return True
    if candidate.modified is None:
        return False
    lastmod = Lastmod(earliest=candidate.modified, until=candidate.modified_until)
    seen = Seen(modified=_time(known["modified_at"]), said=_time(said), checked_at=_time(known["checked_at"]))
    return says_edited(lastmod, seen, now)


def name(archive: Archive, outlet: str, candidates: Sequence[Candidate], now: datetime) -> Named:
    """Write *candidates* to the frontier before anything is fetched, in one transaction; return what they were.

    Of candidates that were taken down only the address and the seed are kept.
    """
    new = edited = 0
    with archive.transaction():
        taken_down = read_tombstones(archive, outlet)
        believed = Belief(archive, outlet)
        for part in apart(candidates):
            rows, held = NamedRows(outlet, to_iso(now)), held_rows(archive, part)
            for found in part:
                known = held.get(found.url)
                stated = as_worded(without_future(found, now), known, now)
                candidate = believed(stated)
                if article_id := taken_down.of_candidate(candidate):
                    archive.write(_NAME_SHUT, {"url": candidate.url, "outlet": outlet, "now": to_iso(now)})
                    shut(archive, candidate.url, article_id)
                    rows.naming(replace(stated, modified=None, modified_until=None))
                    continue
                due = is_due(candidate, known, now, known["said"] if known is not None else None)
                new += known is None
                edited += due and known is not None and known["state"] not in ("due", "leased")
                rows.candidate(candidate, known, due=due)
                rows.naming(stated)
            rows.write(archive)
    return Named(new=new, edited=edited, known=len(candidates) - new - edited)


def preview(archive: Archive, outlet: str, candidates: Sequence[Candidate], now: datetime) -> Named:
    """Return what name() would return for *candidates*; nothing is written."""
    believed = Belief(archive, outlet)
    held = {(part[0].seed, url): row for part in apart(candidates) for url, row in held_rows(archive, part).items()}
    known = [held.get((one.seed, one.url)) for one in candidates]
    worded = (as_worded(without_future(one, now), row, now) for one, row in zip(candidates, known, strict=True))
    stated = list(map(believed, worded))
    edited = sum(_is_edited(one, row, now) for one, row in zip(stated, known, strict=True))
    return Named(new=known.count(None), edited=edited, known=len(candidates) - known.count(None) - edited)


def _is_edited(candidate: Candidate, known: FrontierRow | None, now: datetime) -> bool:
    """Tell whether *candidate* is due again though it was resolved."""
    return (
        known is not None and known["state"] not in ("due", "leased") and is_due(candidate, known, now, known["said"])
    )


def lease(
    archive: Archive,
    outlet: str,
    count: int,
    now: datetime,
    since: str | None = None,
    until: str | None = None,
    *,
    is_limited: bool = False,
) -> list[Due]:
    """Take up to *count* due candidates, newest first; those known to lie outside of *since* to *until* stay.

    *since* and *until* are ISO times in UTC, the latter exclusive. *is_limited*: the run takes only the newest few.
    """
    with archive.transaction():
        rows = archive.rows(
            "SELECT f.url, f.claims, coalesce(f.native_id, a.native_id) AS native_id, "
            "coalesce(f.title, a.title) AS title, "
            f"a.id IS NOT NULL AS is_known, {STANDING} AS standing, f.checked_at IS NOT NULL AS was_checked "
            "FROM frontier f LEFT JOIN article_urls u ON u.url = f.url LEFT JOIN articles a ON a.id = u.article_id "
            f"WHERE {DUE} AND {WITHIN} "
            f"ORDER BY {NEWEST_FIRST} LIMIT :count",
            {"outlet": outlet, "now": to_iso(now), "since": since, "until": until, "count": count, "few": is_limited},
        )
        archive.write_many("UPDATE frontier SET state = 'leased' WHERE url = :url", [{"url": r["url"]} for r in rows])
    return [
        Due(
            row["url"], claims_from_json(json.loads(row["claims"])), row["native_id"], row["title"],
            is_known=bool(row["is_known"]), standing=row["standing"], was_checked=bool(row["was_checked"]),
        )
        for row in rows
    ]  # fmt: skip


def resolve(archive: Archive, url: str, state: FinalState, checked_at: str, reason: str | None = None) -> None:
    """Note what became of a candidate. Call in the transaction that stores it. Unknown addresses are left alone."""
    no_doubt = "" if state == "rejected" else f", {_NO_DOUBT}"  # one wall at many addresses is known by its digest
    archive.write(
        f"UPDATE frontier SET state = :state, attempts = 0, checked_at = :checked_at, reason = :reason{no_doubt} "
        "WHERE url = :url",
        {"url": url, "state": state, "checked_at": checked_at, "reason": reason},
    )


def date(archive: Archive, url: str, article: Article) -> None:
    """Make a candidate due again, with its publish time: it lies outside of the days that the run asked for."""
    archive.write(
        "UPDATE frontier SET state = 'due', published_at = :at WHERE url = :url",
        {"url": url, "at": to_iso(article.published_at) if article.published_at else None},
    )


def defer(archive: Archive, url: str, reason: str, now: datetime, *, in_this_run: bool = True) -> None:
    """Put a candidate back that could not be fetched, due again after a pause that grows with each failure.

    *in_this_run*: the first failure is tried again at the end of the run.
    """
    attempts = archive.count("SELECT attempts FROM frontier WHERE url = :url", {"url": url}) + 1
    pause = timedelta(hours=BACKOFF_HOURS[min(attempts - in_this_run, len(BACKOFF_HOURS) - 1)])
    archive.write(
        "UPDATE frontier SET state = 'due', attempts = :attempts, due_at = :due_at, reason = :reason WHERE url = :url",
        {"url": url, "attempts": attempts, "due_at": to_iso(now + pause), "reason": reason},
    )


def release(archive: Archive, outlet: str, urls: Iterable[str] | None = None) -> None:
    """Give leases back unused: *urls*, or all of the outlet's (what a run that died had taken)."""
    if urls is None:
        archive.write(
            "UPDATE frontier SET state = 'due' WHERE outlet = :outlet AND state = 'leased'", {"outlet": outlet}
        )
        return
    archive.write_many(
        "UPDATE frontier SET state = 'due' WHERE url = :url AND state = 'leased'", [{"url": url} for url in urls]
    )


def count_due(archive: Archive, outlet: str, now: datetime, since: str | None = None, until: str | None = None) -> int:
    """Return how many candidates lease() could give out now."""
    return archive.count(
        f"SELECT count(*) FROM frontier f WHERE {DUE} AND {WITHIN}",
        {"outlet": outlet, "now": to_iso(now), "since": since, "until": until},
    )


_NO_DOUBT = "doubt = NULL, doubt_digest = NULL, doubts = 0, doubted_at = NULL"
_NAME_SHUT = """
    INSERT INTO frontier (url, outlet, state, due_at, first_named_at, last_named_at)
    VALUES (:url, :outlet, 'excluded', :now, :now, :now)
    ON CONFLICT (url) DO UPDATE SET last_named_at = :now
"""


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
