"""How much of the pages of a run's new articles was read, held against the outlet's articles before them.

A change is told once: from the run that told it on, only articles since then are the measure.
"""

import json
from collections.abc import Collection
from sqlite3 import Row

from archive.database import Archive
from kickcrawl.read_shares import ReadFigures, describe_change
from kickcrawl.urls import host_of

READ_OTHERWISE = "read-otherwise"  # in runs.counts: the run has told a change
MAX_ARTICLES = 300  # of the run, and before it
MAX_SCANNED = 3_000  # articles, the newest, among which those are sought: of old ones it is not noted what was read


def what_changed(archive: Archive, run_id: int, hosts: Collection[str]) -> str | None:
    """Return what of the new articles of a run, on its *hosts*, is read otherwise than before, or None."""
    values = {"run": run_id, "told": f'$."{READ_OTHERWISE}"', "count": MAX_ARTICLES, "scanned": MAX_SCANNED}

    def figures(sql: str) -> list[ReadFigures]:
        return [_figures(row) for row in archive.rows(sql, values) if host_of(row["url"]) in hosts]

    new = figures(_FIGURES.format(which=_NEW))
    return describe_change(new, figures(_FIGURES.format(which=_BEFORE))) if new else None


def _figures(row: Row) -> ReadFigures:
    """Return an article's figures; what was left out is, all together, the share of the prose that was not read."""
    cut, unread = json.loads(row["left_out"]), 1 - row["read_share"]
    whole = max(1, sum(cut.values()))
    shares = {rule: unread * length / whole for rule, length in cut.items()}
    return ReadFigures(share=row["read_share"], cut=shares, extractor=row["extractor"])


_OF_RUN = "EXISTS (SELECT 1 FROM revisions WHERE article_id = a.id AND number = 1 AND run_id = r.id)"
_FIGURES = """
    SELECT url, read_share, left_out, extractor FROM (
        SELECT a.url, a.read_share, a.left_out, a.extractor FROM runs r JOIN articles a ON a.outlet = r.outlet
        WHERE r.id = :run AND {which} ORDER BY a.first_seen_at DESC LIMIT :scanned
    ) WHERE read_share IS NOT NULL LIMIT :count
"""
# Told by the run that stored them: another may have ended in the second in which this one began.
_NEW = f"a.first_seen_at >= r.started_at AND {_OF_RUN}"
_BEFORE = f"""
    a.first_seen_at <= r.started_at AND NOT {_OF_RUN} AND a.first_seen_at >= coalesce((
        SELECT max(t.started_at) FROM runs t
        WHERE t.outlet = r.outlet AND t.id < r.id AND json_extract(t.counts, :told) > 0), '')
"""
