"""The datasheet of an export: all that a paper's method section needs, as plain values (JSON).

What was taken out of which archive, when and by which filters; how complete each outlet is; which rights were
observed; versions; the columns and how readers are told their types; sizes and digests of the files. Asked for after
Gebru et al., "Datasheets for Datasets", CACM 64 (12), 2021. datasheet_page.py has it in words.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any

from archive.accounts.addresses import account_of_outlet
from archive.accounts.coverage import read_certificate
from archive.accounts.rights import observed_rights
from archive.chain import read_head
from archive.database import Archive
from archive.export.columns import Column
from archive.export.readers import reader_arguments
from archive.export.table import Record, Table
from archive.query.choice import Choice
from kickcrawl import __version__
from kickcrawl.account import account_to_json
from kickcrawl.coverage.as_data import certificate_to_json, row_to_json
from kickcrawl.coverage.rows import by_month
from kickcrawl.dates import to_iso


@dataclass(slots=True)
class Tally:
    """Counts records while they are written: of each outlet, with the first and last publish time."""

    records: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    undated: Counter[str] = field(default_factory=Counter)

    def watch(self, batch: list[Record]) -> None:
        """Count the records of *batch*."""
        for record in batch:
            outlet, at = record["outlet"], record.get("published_at")
            self.records[outlet] += 1
            if at is None:
                self.undated[outlet] += 1
                continue
            self.first[outlet] = min(at, self.first.get(outlet, at))
            self.last[outlet] = max(at, self.last.get(outlet, at))


def datasheet(
    archive: Archive, choice: Choice, contents: Mapping[str, tuple[Table, Tally]], now: datetime
) -> dict[str, Any]:
    """Return the datasheet of an export of *contents*, tables by their names, without its files (add_files())."""
    outlets = sorted({outlet for _, tally in contents.values() for outlet in tally.records})
    return {
        "made_at": to_iso(now),
        "filters": filters(choice),
        "archive": {
            "name": archive.path.name,
            "schema_version": archive.number("PRAGMA user_version"),
            "chain_head": read_head(archive),
            "chain_links": archive.count("SELECT max(position) FROM chain"),
            "articles": archive.count("SELECT count(*) FROM articles"),
            "captures": archive.count("SELECT count(*) FROM captures"),
        },
        "software": {"kickcrawl": __version__},
        "tables": {name: _table(table, tally) for name, (table, tally) in contents.items()},
        "outlets": {outlet: _outlet(archive, outlet) | _coverage(archive, outlet, choice) for outlet in outlets},
    }


def add_files(sheet: dict[str, Any], root: Path, columns: Mapping[str, tuple[Column, ...]]) -> None:
    """Add to *sheet* the files at *root*, a file or a folder: size, SHA-256, and how its readers are told the types."""
    sheet["files"] = files_at(root)
    for name, some in columns.items():
        sheet["tables"][name]["readers"] = reader_arguments(root.suffix.lower(), some)


def files_at(root: Path) -> list[dict[str, Any]]:
    """Return name, size and SHA-256 of *root*, or of each file in it."""
    paths = sorted(path for path in root.rglob("*") if path.is_file()) if root.is_dir() else [root]
    return [
        {"name": str(path.relative_to(root.parent)), "bytes": path.stat().st_size, "sha256": _sha256(path)}
        for path in paths
    ]


def filters(choice: Choice) -> dict[str, Any]:
    """Return what was asked for, without what was not."""
    asked = {name: value for name, value in asdict(choice).items() if value not in (None, False)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asked.items()}


def _table(table: Table, tally: Tally) -> dict[str, Any]:
    return {
        "records": tally.records.total(),
        "outlets": {
            outlet: {
                "records": records,
                "first_published_at": tally.first.get(outlet),
                "last_published_at": tally.last.get(outlet),
                "undated": tally.undated[outlet],
            }
            for outlet, records in sorted(tally.records.items())
        },
        "columns": [asdict(column) for column in table.columns],
    }


def _outlet(archive: Archive, outlet: str) -> dict[str, Any]:
    """Return who the outlet is, how completely it was archived, and which rights were observed."""
    values = {"outlet": outlet}
    row = archive.row("SELECT * FROM outlets WHERE slug = :outlet", values)
    assert row is not None, "articles refer to their outlet"
    told = {name: row[name] for name in ("name", "publisher", "region", "place", "language", "timezone", "home")}
    archived = archive.row(_ARCHIVED, values)
    runs = archive.row(_RUNS, values)
    assert archived is not None, "counts are always told"
    assert runs is not None, "counts are always told"
    return told | {
        "archived": dict(archived),
        "runs": dict(runs),
        "complaints": json.loads(archive.text(_COMPLAINTS, values) or "[]"),
        "addresses": account_to_json(account_of_outlet(archive, outlet)),
        "taken_down": archive.count("SELECT count(*) FROM takedowns WHERE outlet = :outlet", values),
        "extractors": [row[0] for row in archive.rows(_EXTRACTORS, values)],
        "rights": asdict(observed_rights(archive, outlet)),
    }


def _coverage(archive: Archive, outlet: str, choice: Choice) -> dict[str, Any]:
    """Return the certificate of the asked days, or of all, with a row for each month."""
    certificate = read_certificate(archive, outlet, choice.since, choice.until)
    if certificate is None:
        return {"coverage": None}
    months = [row_to_json(row) for row in by_month(certificate.days)]
    return {"coverage": certificate_to_json(certificate) | {"months": months}}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


_ARCHIVED = """
    SELECT count(*) AS articles, sum(revision > 1) AS revised, sum(gone_at IS NOT NULL) AS gone,
           sum(published_at IS NULL) AS undated, sum(pages_missing > 0) AS incomplete,
           min(published_at) AS first_published_at, max(published_at) AS last_published_at,
           min(first_seen_at) AS first_seen_at, max(last_seen_at) AS last_seen_at
    FROM articles WHERE outlet = :outlet
"""
_RUNS = """
    SELECT count(*) AS runs, sum(outcome = 'complete') AS complete, min(started_at) AS first_started_at,
           max(started_at) AS last_started_at, max(iif(outcome = 'complete', started_at, NULL)) AS last_complete_at,
           sum(arguments LIKE '%"limit"%' OR arguments LIKE '%"since"%' OR arguments LIKE '%"until"%') AS partial
    FROM runs WHERE outlet = :outlet
"""
_COMPLAINTS = "SELECT complaints FROM runs WHERE outlet = :outlet ORDER BY id DESC LIMIT 1"
_EXTRACTORS = "SELECT DISTINCT extractor FROM articles WHERE outlet = :outlet ORDER BY 1"
