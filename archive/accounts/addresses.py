"""Count in which state the addresses are that seeds named: those of a run at its end, or all of an outlet."""

from collections.abc import Mapping

from archive.database import Archive
from archive.doubts.incomplete import INCOMPLETE
from archive.seeds.span import WITHIN
from kickcrawl.account import UNFETCHED, Account, AddressGroup, bounded

MAX_GROUPS = 20  # of a state; failures of the network come in many words


def account_of_run(
    archive: Archive, run_id: int, named: int, since: str | None = None, until: str | None = None
) -> Account:
    """Return what became of the addresses that were named since the run began; *named* is how many the crawl counted.

    *since* and *until* are what the run was asked for, as for frontier.lease().
    """
    run = archive.row("SELECT outlet, started_at FROM runs WHERE id = :id", {"id": run_id})
    assert run is not None, f"run {run_id} has begun"
    given = {"outlet": run["outlet"], "run": run_id, "named_at": run["started_at"], "since": since, "until": until}
    return Account(named=named, groups=_groups(archive, given))


def account_of_outlet(archive: Archive, outlet: str) -> Account:
    """Return in which state every address is that was ever named for *outlet*."""
    named = archive.count("SELECT count(*) FROM frontier WHERE outlet = :outlet", {"outlet": outlet})
    given = {"outlet": outlet, "run": None, "named_at": "", "since": None, "until": None}
    return Account(named=named, groups=_groups(archive, given))


def _groups(archive: Archive, given: Mapping[str, str | int | None]) -> tuple[AddressGroup, ...]:
    rows = archive.rows(_GROUPS, {**given, "unfetched": UNFETCHED, "incomplete": INCOMPLETE})
    groups = [
        AddressGroup(
            state=row["state"], addresses=row["addresses"], reason=row["reason"], times=row["times"], until=row["until"]
        )
        for row in rows
        if row["state"] is not None  # then the sum tells
    ]
    return bounded(groups, MAX_GROUPS)


# Of the run :run the addresses that were named since :named_at; without a run, all. An article of which the address is
# not its own has another one; so has a page that only repeats an article, of which no address is kept. +run_id: SQLite
# would read all revisions of the run for each of its addresses.
_GROUPS = f"""
    WITH found AS (
        SELECT f.due_at, f.doubts, f.attempts, f.reason AS said, f.doubt, CASE
            WHEN f.state IN ('gone', 'rejected', 'excluded') THEN f.state
            WHEN f.state IN ('due', 'leased') AND NOT ({WITHIN}) THEN 'outside'
            WHEN f.state IN ('due', 'leased') THEN 'waiting'
            WHEN f.state = 'done' AND (a.id IS NULL OR a.url <> f.url) THEN 'alias'
            WHEN f.state = 'done' AND (:run IS NULL OR EXISTS (
                SELECT 1 FROM revisions v WHERE v.article_id = a.id AND +v.run_id = :run
            )) THEN 'archived'
            WHEN f.state = 'done' THEN 'unchanged'
        END AS state
        FROM frontier f
        LEFT JOIN article_urls u ON u.url = f.url LEFT JOIN articles a ON a.id = u.article_id
        WHERE f.outlet = :outlet AND f.last_named_at >= :named_at
    ), told AS (
        SELECT state, due_at, CASE
            WHEN state IN ('gone', 'rejected') OR said = :incomplete THEN said
            WHEN state = 'excluded' THEN coalesce(said, 'taken down')
            WHEN state = 'waiting' AND doubts > 0 THEN doubt
            WHEN state = 'waiting' AND attempts > 0 THEN said
            WHEN state = 'waiting' THEN :unfetched
        END AS reason, CASE
            WHEN state = 'rejected' THEN max(doubts, 1)
            WHEN state = 'waiting' AND doubts > 0 THEN doubts
            WHEN state = 'waiting' AND attempts > 0 THEN attempts
        END AS times
        FROM found
    )
    SELECT state, reason, times, count(*) AS addresses, iif(state = 'waiting', min(due_at), NULL) AS until
    FROM told GROUP BY state, reason, times
"""
