"""What the pages of an outlet tell: whether a wall stands before them, whether they fit the learned layouts."""

from datetime import datetime, timedelta

from archive.accounts.readings import READ_OTHERWISE
from archive.database import Archive
from kickcrawl.alerts.alert import Alert
from kickcrawl.dates import to_iso
from kickcrawl.health import MAX_CHANCE, chance_of, share_of

WALL_TIME = timedelta(days=2)  # in which answers are counted
MIN_WALLED = 5  # addresses that answer with a wall
DRIFT_LASTS = timedelta(days=7)  # after which pages are as they are


def wall_alert(archive: Archive, outlet: str, now: datetime) -> Alert | None:
    """Return whether most addresses lately answer with something that stands before the articles (docs/glossary.md)."""
    since = now - WALL_TIME
    row = archive.row(_WALLED, {"outlet": outlet, "since": to_iso(since)})
    assert row is not None, "an aggregate has a row"
    stored = archive.count(_STORED, {"outlet": outlet, "since": to_iso(since)})
    walled, whole = row["walled"], row["walled"] + stored
    if walled < MIN_WALLED or walled <= stored:
        return None
    # Beside a share that an outlet in order has: one page in fifty.
    chance = chance_of(walled, whole, share_of(0, 50))
    return Alert(
        kind="wall",
        outlet=outlet,
        since=datetime.fromisoformat(row["first"]),
        certainty=1 - min(chance, MAX_CHANCE),
        evidence=f"{walled} of {whole} addresses answer with something before the article ({row['doubt']})",
        advice="open one of them in a browser; if a person sees the article, try `render = true` in the outlet's file",
    )


def layout_alert(archive: Archive, outlet: str, now: datetime) -> Alert | None:
    """Return whether a layout was refuted, and no other learned since; or that pages are read otherwise than before."""
    given = {"outlet": outlet, "since": to_iso(now - DRIFT_LASTS), "told": f'$."{READ_OTHERWISE}"'}
    refuted = archive.row(_REFUTED, given)
    changed = archive.text(_READ_OTHERWISE, given)
    if refuted is None and changed is None:
        return None
    since = min(at for at in (refuted["until"] if refuted is not None else None, changed) if at is not None)
    seen = [f"its layout no longer fits ({refuted['why']})"] if refuted is not None else []
    seen += ["another share of its pages is read than before"] if changed is not None else []
    return Alert(
        kind="layout",
        outlet=outlet,
        since=datetime.fromisoformat(since),
        certainty=0.995,
        evidence=" and ".join(seen),
        advice="compare a new article with its page: `kickcrawl explain --page URL`; the outlet may have a new design",
    )


# A doubt is an answer that is not believed yet; 'held' pages are only unknown.
_WALLED = """
    SELECT count(*) AS walled, min(doubted_at) AS first, max(doubt) AS doubt FROM frontier
    WHERE outlet = :outlet AND doubt IS NOT NULL AND doubt <> 'held' AND doubted_at >= :since
"""
_STORED = "SELECT count(*) FROM articles WHERE outlet = :outlet AND first_seen_at >= :since"
_REFUTED = """
    SELECT l.until, l.why FROM layouts l WHERE l.outlet = :outlet AND l.until >= :since AND l.was_wrong = 0
    AND NOT EXISTS (SELECT 1 FROM layouts n WHERE n.outlet = l.outlet AND n.since > l.until) ORDER BY l.until LIMIT 1
"""
_READ_OTHERWISE = """
    SELECT min(started_at) FROM runs
    WHERE outlet = :outlet AND started_at >= :since AND json_extract(counts, :told) > 0
"""
