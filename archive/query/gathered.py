"""Articles that hold very common words and meet another condition, gathered once in a temporary table.

Without it FTS5 would read its long lists for each statement. The other condition is tested while FTS5 reads; if few
articles meet it and their keys lie together, only that part of the lists is read.
"""

import json

from archive.database import Archive
from archive.query.condition import Condition
from archive.query.newest import MAX_PLACES, MAX_SPREAD, PLACES, together
from archive.query.own_tables import own_tables
from archive.query.sets import MAX_LOOKED_UP

_FEWER = 4  # the rest finds "few" articles if the words find so many times as many
_MAX_FEW = 200_000  # and if it finds no more than this: their keys are passed as one value, and the site allows 4 MB


def is_worth_gathering(asked: Condition) -> bool:
    """Tell whether words of many articles are asked for together with something else."""
    is_of_many = asked.match is not None and not asked.match.is_complement and (asked.held or 0) > MAX_LOOKED_UP
    return is_of_many and asked.total is None


def gather(archive: Archive, asked: Condition, most: int) -> tuple[int, list[int]]:
    """Return how many articles meet *asked*, and the keys of the newest, at most *most*.

    The keys are in no order, but the newest first where more meet it.
    """
    with own_tables(archive):
        archive.write("CREATE TEMP TABLE IF NOT EXISTS gathered (key INTEGER PRIMARY KEY)")
        archive.write(_EMPTY)  # of a question that was interrupted
        try:
            is_whole = _fill(archive, asked)
            if is_whole:
                total = archive.count("SELECT count(*) FROM temp.gathered")
                if total <= most:
                    return total, [row[0] for row in archive.rows("SELECT key FROM temp.gathered")]
            met = _MET.format(rest=asked.rest)
            keys = [row[0] for row in archive.rows(_NEWEST.format(met=met), asked.values | {"most": most + 1})]
            if not is_whole:
                total = len(keys) if len(keys) <= most else archive.count(f"SELECT count(*) {met}", asked.values)
            return total, keys[:most]
        finally:
            archive.write(_EMPTY)


def _fill(archive: Archive, asked: Condition) -> bool:
    """Put what holds the words and is in all sets into the table; tell whether it meets the rest, too."""
    tests, filling, values = [one.test for one in asked.sets], _FILL, dict(asked.values)
    few = None if asked.rest == "1" else _few(archive, asked)
    if few is not None:
        tests.append("{key} IN (SELECT value FROM json_each(:few))")
        values["few"] = json.dumps(few)
        if (places := _places(asked, few)) is not None:
            filling, values["places"] = _FILL_IN_PLACES, json.dumps(places)
    sets = " AND ".join(test.format(key="+f.rowid") for test in tests) or "1"
    archive.write(filling.format(sets=sets), values)
    return asked.rest == "1" or few is not None


def _few(archive: Archive, asked: Condition) -> list[int] | None:
    """Return the keys of the articles that meet the rest, in their order; None where they are not few."""
    most = min((asked.held or 0) // _FEWER, _MAX_FEW)
    some = f"SELECT 1 FROM articles a WHERE {asked.rest} LIMIT {most + 1}"
    if archive.count(f"SELECT count(*) FROM ({some})", asked.values) > most:
        return None
    keys = archive.text(f"SELECT json_group_array(a.key) FROM articles a WHERE {asked.rest}", asked.values)
    return sorted(json.loads(keys or "[]"))  # in their order they are compared with half the work


def _places(asked: Condition, keys: list[int]) -> list[tuple[int, int]] | None:
    """Return (first, last) of the few spans of the index that hold *keys*; None where it is as soon read whole."""
    if asked.match is None or asked.match.seeks_prefix:
        return None
    places = together(keys, MAX_PLACES)
    return places if sum(last - first for first, last in places) <= MAX_SPREAD * len(keys) else None


_EMPTY = "DELETE FROM temp.gathered"  # it cannot be dropped while rows of another query are still being read
_FILL = """
    INSERT INTO temp.gathered SELECT f.rowid FROM articles_fts f WHERE f.articles_fts MATCH :match AND {sets}
"""
_FILL_IN_PLACES = f"""
    WITH {PLACES} INSERT INTO temp.gathered SELECT f.rowid FROM places p CROSS JOIN articles_fts f
    WHERE f.articles_fts MATCH :match AND f.rowid BETWEEN p.first AND p.last AND {{sets}}
"""
_MET = "FROM articles a WHERE +a.key IN (SELECT key FROM temp.gathered) AND {rest}"
_NEWEST = "SELECT a.key {met} ORDER BY a.published_at DESC, a.key DESC LIMIT :most"
