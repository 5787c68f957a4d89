"""Which articles are reserved against text and data mining, or against copies, as SQL: for ``--without-reserved``.

Reserved is an article whose page says so now: by TDMRep's header line or meta tag (``tdm-reservation: 1``), by "noai"
or by "noarchive" to all robots or to us. Where the page says neither 1 nor 0 of a reservation, tdmrep.json counts: of
the locations that fit the article's address the longest, of two as long the one that reserves, much as RFC 9309 (2.2.2)
chooses among rules. ai.txt and Content-Signal are not judged here: they stand in the ledger and in every datasheet.
"""

import json
import re
from urllib.parse import urlsplit

from archive.database import Archive
from kickcrawl.settings import BOT_NAME
from kickcrawl.statement import EVERYBODY, FORBIDS_ARCHIVING, RESERVES_TRAINING

MAX_STARS = 3
_SPECIAL = re.compile(r"[?\[]")  # of GLOB, which * is, too, as in a location


def locations(archive: Archive) -> str:
    """Return JSON [[outlet, pattern for GLOB, 1 or 0], ...] of all tdmrep.json; the first that fits counts.

    A location with many stars would take GLOB years: what follows MAX_STARS of them is taken as fitting, and an
    exemption (0) of such a form is none.
    """
    rules = sorted(archive.rows(_LOCATIONS), key=lambda row: (-len(row["whom"]), row["value"] != "1"))
    rules = [row for row in rules if row["value"] == "1" or row["whom"].count("*") <= MAX_STARS]
    return json.dumps([[row["outlet"], glob(row["subject"], row["whom"]), int(row["value"])] for row in rules])


def glob(file: str, location: str) -> str:
    """Return the pattern, for SQLite's GLOB, of the addresses that *location* means in the tdmrep.json at *file*.

    >>> glob("https://warta.example/.well-known/tdmrep.json", "/berita/*")
    'https://warta.example/berita/**'
    """
    origin = urlsplit(file)._replace(path="", query="", fragment="").geturl()
    path = location if location.startswith("/") else f"/{location}"
    is_whole = path.endswith("$") and path.count("*") <= MAX_STARS
    path = "*".join(path.split("*")[: MAX_STARS + 1])
    pattern = _SPECIAL.sub(lambda found: f"[{found[0]}]", path.removesuffix("$"))
    return _SPECIAL.sub(lambda found: f"[{found[0]}]", origin) + pattern + ("" if is_whole else "*")


def _words(values: frozenset[str]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


_LOCATIONS = """
    SELECT outlet, subject, whom, value FROM rights
    WHERE scope = 'site' AND kind = 'tdm-reservation' AND ended_at IS NULL
"""
# With the value :locations. An archive without a ledger has no table rights: see has_ledger().
IS_NOT_RESERVED = f"""
    coalesce(
        (SELECT max(CAST(value AS INTEGER)) FROM rights
         WHERE subject = a.id AND kind = 'tdm-reservation' AND ended_at IS NULL),
        (SELECT s.value ->> 2 FROM json_each(:locations) s
         WHERE s.value ->> 0 = a.outlet AND a.url GLOB s.value ->> 1 ORDER BY s.key LIMIT 1), 0) = 0
    AND NOT EXISTS (
        SELECT 1 FROM rights WHERE subject = a.id AND kind = 'robots' AND ended_at IS NULL
        AND whom IN ('{EVERYBODY}', '{BOT_NAME}') AND value IN ({_words(FORBIDS_ARCHIVING | RESERVES_TRAINING)})
    )
"""
# Keys of the reserved articles: only those are judged of whose page or site something is stated.
RESERVED = f"""
    SELECT a.key FROM articles a WHERE NOT ({IS_NOT_RESERVED}) AND (
        a.id IN (SELECT subject FROM rights WHERE kind IN ('tdm-reservation', 'robots') AND ended_at IS NULL)
        OR a.outlet IN (SELECT value ->> 0 FROM json_each(:locations))
    )
"""
HAS_LICENCE = """EXISTS (
    SELECT 1 FROM rights WHERE subject = a.id AND kind = 'licence' AND ended_at IS NULL
    AND instr(lower(value), lower(:licence)) > 0
)"""
