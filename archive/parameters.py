"""What an outlet's fetched pages taught about the parameters of its addresses: which tell articles apart.

learn_from()  compare the article at an address with those that were found at the same path with other parameters
known()       what was learned so far, for making canonical addresses
"""

import sqlite3

from archive.database import Archive
from kickcrawl.discovery.parameters import Observation, Parameters, Votes, judge, learn
from kickcrawl.urls import is_tracking, names_in

MAX_COMPARED = 200  # addresses of one page: enough to judge by


def known(archive: Archive, outlet: str) -> Parameters:
    """Return which parameters of *outlet* tell articles apart, and which are noise, whatever the public lists say.

    A parameter by which a seed's list told articles apart counts as telling until pages show that its values make no
    difference.
    """
    rows = archive.rows("SELECT * FROM parameters WHERE outlet = :outlet", {"outlet": outlet})
    found = judge({row["name"]: _votes(row) for row in rows})
    listed = frozenset(row["name"] for row in rows if row["listed"]) - found.noise
    return Parameters(telling=found.telling | listed, noise=found.noise)


def learn_from(archive: Archive, outlet: str, url: str) -> None:
    """Learn from the article that was found at *url* for the first time. Call in the transaction that stores it."""
    names = names_in(url)
    if not names:
        return
    for name in sorted(filter(is_tracking, names)):  # it was asked for with it: a list told articles apart by it
        archive.write(_LISTED, {"outlet": outlet, "name": name})
    page = url.partition("?")[0]
    rows = archive.rows(_SAME_PAGE, {"page": page, "from": f"{page}?", "to": f"{page}@", "most": MAX_COMPARED})
    before = {row["name"]: _votes(row) for row in archive.rows(_VOTES, {"outlet": outlet})}
    others = [Observation(url=row["url"], identity=row["article_id"]) for row in rows]
    for name, votes in learn(before, others).items():
        if votes != before.get(name):
            archive.write(_LEARNED, {"outlet": outlet, "name": name, "same": votes.same, "different": votes.different})


def _votes(row: sqlite3.Row) -> Votes:
    return Votes(same=row["same"], different=row["different"])


_VOTES = "SELECT * FROM parameters WHERE outlet = :outlet ORDER BY name"
# "@" follows "?": a range of the primary key.
_SAME_PAGE = """
    SELECT url, article_id FROM article_urls WHERE url = :page OR url >= :from AND url < :to
    ORDER BY last_seen_at DESC, url LIMIT :most
"""
_LISTED = """
    INSERT INTO parameters (outlet, name, listed) VALUES (:outlet, :name, 1)
    ON CONFLICT (outlet, name) DO UPDATE SET listed = 1
"""
_LEARNED = """
    INSERT INTO parameters (outlet, name, same, different) VALUES (:outlet, :name, :same, :different)
    ON CONFLICT (outlet, name) DO UPDATE SET same = excluded.same, different = excluded.different
"""
