"""A slice: the chosen articles as an archive of their own, in one file that every command and tool reads.

It holds the articles with all revisions, addresses and the stories among them; their outlets, with all runs of these;
the captures that they were read from; tombstones, so that no crawl stores again what was taken down; and a chain of its
own, so that `kickcrawl verify` checks it all. Its table slice_links has the links of the source's chain that vouch for
the same revisions. What is not here is counted in its table slice: the frontier, layouts, seeds and rejections are the
work of crawls, and a crawl of the slice makes its own.

With *records*, the WARC records that a replay of the articles needs go into a folder beside it.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from archive.chain import link_captures, link_revision, link_takedown, read_head
from archive.database import Archive, open_archive
from archive.export.beside import write_beside
from archive.export.datasheet import Tally, add_files, datasheet, files_at, filters
from archive.export.format import Format
from archive.export.slice_records import copy_records, wanted_captures
from archive.export.tables import table_of
from archive.frozen import uri
from archive.query.choice import Choice
from archive.query.choose import choose
from archive.stories.clusters import note_first
from archive.stories.near_keys import unpack
from archive.version import VERSION
from archive.whole_file import whole, whole_folder
from kickcrawl import __version__
from kickcrawl.dates import to_iso
from kickcrawl.errors import ArchiveError

OWN_TABLES = Path(__file__).parent / "slice.sql"


def export_slice(archive: Archive, choice: Choice, output: Path, now: datetime, *, records: bool = False) -> int:
    """Write the articles of *choice* as an archive to *output*, all or nothing; return how many.

    With *records*, their WARC records into the folder NAME.warc beside it. Raises ArchiveError where the source is of
    an older version, or a record is missing; UsageError where nothing can be written.
    """
    if archive.number("PRAGMA user_version") != VERSION:
        why = "it is of an older version; bring it up to date with `kickcrawl verify`, then give this command again"
        raise ArchiveError(archive.path, why)
    with ExitStack() as stack:
        folder = stack.enter_context(whole_folder(output.with_name(f"{output.stem}.warc"))) if records else None
        part = stack.enter_context(whole(output))
        part.unlink(missing_ok=True)  # of an export that was killed
        stack.callback(part.with_name(f"{part.name}.schema.lock").unlink, missing_ok=True)
        slice = stack.enter_context(closing(open_archive(part, create=True)))
        with attached(slice, archive.path), slice.transaction():
            _copy_rows(slice, archive, choice, records=folder is not None)
            if folder is not None:
                copy_records(slice, archive.path, folder)
            _link(slice)
            _say_of_itself(slice, archive, choice, now, records=folder is not None)
        slice.write("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
        slice.write("PRAGMA journal_mode = DELETE")  # one file that needs no other
        tally = _tally(slice)
        sheet = datasheet(archive, choice, {"articles": (table_of("articles", slice, Choice()), tally)}, now)
        sheet["notes"] = [_NOTE, _WITH_RECORDS if records else _WITHOUT_RECORDS]
    add_files(sheet, output, {})
    if folder is not None:
        sheet["files"] += files_at(output.with_name(f"{output.stem}.warc"))
    write_beside(sheet, output)
    return tally.records.total()


def _write(archive: Archive, choice: Choice, output: Path) -> int:
    return export_slice(archive, choice, output, datetime.now(UTC))


SLICE = Format(ending=".db", unit="articles", write=_write)


@contextmanager
def attached(slice: Archive, source: Path) -> Iterator[None]:
    """Let SQL of *slice* see the archive *source* as ``source``, read-only."""
    slice.write("ATTACH :uri AS source", {"uri": uri(source, "ro")})
    try:
        yield
    finally:
        slice.write("DETACH source")


def _copy_rows(slice: Archive, archive: Archive, choice: Choice, *, records: bool) -> None:
    slice.write("PRAGMA defer_foreign_keys = ON")
    for statement in _CHOSEN:
        slice.write(statement)
    slice.write_many("INSERT INTO chosen VALUES (:key)", ({"key": key} for key in choose(archive, choice)))
    slice.write(_CHOSEN_IDS)
    slice.write(_READ_FROM)
    if records:
        captures = ({"id": id} for id in wanted_captures(archive, choice))
        slice.write_many("INSERT OR IGNORE INTO chosen_captures VALUES (:id)", captures)
    slice.write(_ORIGINALS)
    for table, condition in _ROWS.items():
        columns = [row["name"] for row in slice.rows(f"PRAGMA table_info({table})")]
        values = [_OTHERWISE.get((table, name), name) for name in columns]
        slice.write(
            f"INSERT INTO {table} ({', '.join(columns)}) "
            f"SELECT {', '.join(values)} FROM source.{table} WHERE {condition}"
        )
    for row in slice.each("SELECT article_key, numbers FROM near_sketches"):
        numbers = ({"number": number, "key": row["article_key"]} for number in unpack(row["numbers"]))
        slice.write_many("INSERT INTO near_keys (number, article_key) VALUES (:number, :key)", numbers)
    for row in slice.rows("SELECT min(article_id) AS id FROM story_members GROUP BY story_id"):
        note_first(slice, row["id"])


def _link(slice: Archive) -> None:
    """Give the slice its own chain: revisions in the order of the source's, takedowns, then the records of each run."""
    for statement in OWN_TABLES.read_text(encoding="utf-8").split(";\n")[:-1]:
        slice.write(statement)
    slice.write(_LINKS)
    for row in slice.each("SELECT subject, digest FROM slice_links ORDER BY position"):
        article, _, number = row["subject"].partition("@")
        link_revision(slice, article, int(number))
    if (altered := slice.text(_ALTERED)) is not None:
        raise ArchiveError(slice.path, f"revision {altered} is not as its link in the source's chain says: see verify")
    for row in slice.rows("SELECT article_id FROM takedowns ORDER BY taken_down_at, article_id"):
        link_takedown(slice, row["article_id"])
    for row in slice.rows("SELECT id FROM runs WHERE finished_at IS NOT NULL ORDER BY id"):
        link_captures(slice, row["id"])


def _say_of_itself(slice: Archive, archive: Archive, choice: Choice, now: datetime, *, records: bool) -> None:
    left_out = {
        "revisions" if table == "revisions_kept" else table: gone
        for (table,) in slice.rows(_TABLES)
        if (gone := slice.count(f"SELECT (SELECT count(*) FROM source.{table}) - (SELECT count(*) FROM main.{table})"))
        > 0
    }
    told = {
        "source": archive.path.name,
        "head": read_head(archive),
        "links": archive.count("SELECT max(position) FROM chain"),
        "made_at": to_iso(now),
        "version": __version__,
        "filters": json.dumps(filters(choice), ensure_ascii=False),
        "records": int(records),
        "left_out": json.dumps(left_out),
    }
    slice.write(f"INSERT INTO slice VALUES ({', '.join(f':{name}' for name in told)})", told)


def _tally(slice: Archive) -> Tally:
    tally = Tally()
    for row in slice.rows(_COUNTS):
        outlet = row["outlet"]
        tally.records[outlet], tally.undated[outlet] = row["articles"], row["undated"]
        if row["first"] is not None:
            tally.first[outlet], tally.last[outlet] = row["first"], row["last"]
    return tally


_CHOSEN = (
    "CREATE TEMP TABLE chosen (key INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE chosen_ids (id TEXT PRIMARY KEY, outlet TEXT NOT NULL)",
    "CREATE TEMP TABLE chosen_captures (id INTEGER PRIMARY KEY)",
)
_CHOSEN_IDS = "INSERT INTO chosen_ids SELECT id, outlet FROM source.articles WHERE key IN (SELECT key FROM chosen)"
_READ_FROM = """
    INSERT INTO chosen_captures SELECT capture_id FROM source.articles WHERE key IN (SELECT key FROM chosen)
    UNION SELECT capture_id FROM source.revisions WHERE article_id IN (SELECT id FROM chosen_ids)
"""
_ORIGINALS = """
    INSERT OR IGNORE INTO chosen_captures SELECT original_id FROM source.captures
    WHERE original_id IS NOT NULL AND id IN (SELECT id FROM chosen_captures)
"""
_IDS = "article_id IN (SELECT id FROM chosen_ids)"
_OUTLETS = """(
    SELECT outlet FROM chosen_ids UNION SELECT r.outlet FROM source.captures c JOIN source.runs r ON r.id = c.run_id
    WHERE c.id IN (SELECT id FROM chosen_captures)
)"""
_COPIED = f"""
    {_IDS} AND story_id IN (SELECT story_id FROM source.story_members WHERE {_IDS} GROUP BY 1 HAVING count(*) > 1)
"""
# Which rows of the source go into which table, parents first.
_ROWS = {
    "outlets": f"slug IN {_OUTLETS}",
    "runs": f"outlet IN {_OUTLETS}",
    "captures": "id IN (SELECT id FROM chosen_captures) ORDER BY id",
    "articles": "key IN (SELECT key FROM chosen)",
    "revisions_kept": _IDS,
    "article_urls": _IDS,
    "takedowns": f"outlet IN {_OUTLETS}",
    "takedown_urls": "article_id IN (SELECT article_id FROM main.takedowns)",
    "stories": f"id IN (SELECT story_id FROM source.story_members WHERE {_COPIED})",
    "story_members": _COPIED,
    "rights": f"subject IN (SELECT id FROM chosen_ids) OR scope = 'site' AND outlet IN {_OUTLETS}",
    "near_sketches": "article_key IN (SELECT key FROM chosen)",
}
_FIRST = f"(SELECT min(m.article_id) FROM source.story_members m WHERE m.story_id = id AND m.{_IDS})"
_OTHERWISE = {
    ("runs", "chain_head"): "NULL",  # the slice's own chain gives it one
    ("rights", "capture_id"): "iif(capture_id IN (SELECT id FROM chosen_captures), capture_id, NULL)",
    ("stories", "first_id"): _FIRST,  # until note_first() has compared their times
    ("story_members", "matched_id"): "iif(matched_id IN (SELECT id FROM chosen_ids), matched_id, NULL)",
}
_LINKS = """
    INSERT INTO slice_links
    SELECT l.position, l.subject, l.digest, coalesce(b.head, 'sha256:' || printf('%064d', 0)), l.head
    FROM source.chain l LEFT JOIN source.chain b ON b.position = l.position - 1
    WHERE l.kind = 'revision' AND l.subject IN (SELECT article_id || '@' || number FROM main.revisions)
"""
_ALTERED = """
    SELECT subject FROM slice_links EXCEPT SELECT s.subject FROM slice_links s
    JOIN main.chain l ON l.kind = 'revision' AND l.subject = s.subject AND l.digest = s.digest
    UNION SELECT article_id || '@' || number FROM main.revisions EXCEPT SELECT subject FROM slice_links LIMIT 1
"""
_TABLES = """
    SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'articles\\_%' ESCAPE '\\'
    AND name NOT LIKE 'slice%' AND name NOT LIKE '%sqlite%' AND name NOT IN ('chain', 'near_keys')
    INTERSECT SELECT name FROM source.sqlite_master
"""
_COUNTS = """
    SELECT outlet, count(*) AS articles, sum(published_at IS NULL) AS undated, min(published_at) AS first,
           max(published_at) AS last
    FROM articles GROUP BY outlet
"""
_NOTE = (
    "This file is an archive: every command of kickcrawl reads it, and `kickcrawl verify --archive FILE` checks it. "
    "It has a chain of its own; its table `slice_links` has the links of the source's chain that vouch for the same "
    "revisions, and its table `slice` says what was left out."
)
_WITH_RECORDS = "The WARC records that a replay needs stand in the folder beside it."
_WITHOUT_RECORDS = (
    "The WARC records of its captures are not part of it (--captures brings them): `captures` says where they stand "
    "in the source."
)
