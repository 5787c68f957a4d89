"""Find the runs in WARC files: where the records of each begin and end, whose they are, and what was taken down since.

A run begins with a warcinfo record that holds the outlet's file. Where that is damaged, the records behind it tell that
they are another run's by the id of the warcinfo they name; whose they are is then known by the file's name.
"""

import json
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypedDict

from pydantic import ValidationError

from archive.database import Archive
from archive.warc.files import Damage, Location, read_bytes, read_record
from archive.warc.records import ABOUT, TAKEN_DOWN, Record
from archive.warc.scan import Found, scan
from kickcrawl.outlet import Outlet

RECOGNISED = "urn:kickcrawl:outlet"  # the note of what a site without an outlet file proved to be
_HEAD_LENGTH = 1024  # bytes of a record in which its kind and its address stand
_PREFIX = re.compile(r"-\d{8}T\d{6}Z[^-]*$")


class RunInfo(TypedDict):
    """What a warcinfo record says of the run that wrote it; *span* bounds the publish times it asked for (ISO, UTC)."""

    run: int
    started_at: str
    arguments: dict[str, str]
    span: tuple[str | None, str | None]


@dataclass(slots=True)
class Report:
    """What was read: files, records, runs, and what could not be read, as sentences."""

    files: int = 0
    records: int = 0
    runs: int = 0
    articles: int = 0
    foreign: list[str] = field(default_factory=list)  # files that no kickcrawl wrote
    taken_down: int = 0
    damage: list[str] = field(default_factory=list)


@dataclass(slots=True)
class TakenDown:
    """What was taken down: the notes of it, and the address and WARC-Date of each record that was emptied for it."""

    notes: list[dict[str, Any]] = field(default_factory=list)
    emptied: set[tuple[str | None, str | None]] = field(default_factory=set)

    def note(self, record: Record) -> None:
        """Note what *record* tells of a takedown, if anything."""
        if TAKEN_DOWN in record.fields:
            self.emptied.add((record.url, record.fields.get("WARC-Date")))
        if record.url == "urn:kickcrawl:takedown" and (note := read_note(record)):
            self.notes.append(note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run's records in a file, from byte *start* to *end*. A run that filled a file has a segment in each.

    *outlet* is None while nobody knows whose they are. *is_loose*: some are not compressed one by one.
    """

    path: Path
    start: int
    end: int
    run: RunInfo
    outlet: Outlet | None
    is_loose: bool = False


def find_segments(path: Path, report: Report, taken: TakenDown) -> list[Segment]:
    """Return kickcrawl's segments in *path*, in order; note in *report* and *taken* what else is in it."""
    segments: list[Segment] = []
    ours: list[bool] = []
    info_id: str | None = None
    is_orphan = is_loose = False
    for found in scan(path):
        if isinstance(found, Damage):
            report.damage.append(f"{path}: byte {found.offset}, {found.length} bytes: {found.why}")
            continue
        record, fields = found.record, found.record.fields
        report.records += 1
        report.damage += [f"{path}: byte {found.offset}: {problem}" for problem in record.problems]
        is_loose |= found.data.startswith(b"WARC/")
        named = fields.get("WARC-Record-ID" if record.kind == "warcinfo" else "WARC-Warcinfo-ID", info_id)
        if record.kind == "warcinfo" or named != info_id:
            info_id, info, is_orphan = named, read_info(record), record.kind != "warcinfo"
            run, outlet = info or ({"run": 0, "started_at": record.date, "arguments": {}, "span": (None, None)}, None)
            segments.append(Segment(path=path, start=found.offset, end=0, run=run, outlet=outlet))
            ours.append(info is not None)
        if is_orphan and (ABOUT in fields or record.url.startswith("urn:kickcrawl:")):
            ours[-1] = True
        taken.note(record)
        if record.url == RECOGNISED and segments and (recognised := _outlet(record.payload)):
            segments[-1] = replace(segments[-1], outlet=recognised)
    ends = [*(segment.start for segment in segments[1:]), path.stat().st_size]
    return [
        replace(segment, end=end, is_loose=is_loose)
        for segment, end, is_ours in zip(segments, ends, ours, strict=False)
        if is_ours
    ]


def adopt(segments: Sequence[Segment], known: dict[str, Outlet], report: Report) -> Iterator[Segment]:
    """Yield *segments* with their outlets; whose beginning is damaged belong to that which the file is named after.

    An outlet is as the other segments or, where there is none of it, as *known* describes it.
    """
    told = known | {segment.outlet.slug: segment.outlet for segment in segments if segment.outlet is not None}
    for segment in segments:
        outlet = segment.outlet or told.get(_PREFIX.sub("", segment.path.name))
        if outlet is not None:
            yield replace(segment, outlet=outlet)
        else:
            why = "the records from here on name no outlet, and no outlet file is named as this file"
            report.damage.append(f"{segment.path}: byte {segment.start}: {why}")


def records_of(segment: Segment) -> Iterator[Found]:
    """Yield the segment's whole records."""
    for found in scan(segment.path, segment.start):
        if found.offset >= segment.end:
            return
        if not isinstance(found, Damage):
            yield found


def read_info(record: Record) -> tuple[RunInfo, Outlet] | None:
    """Return what a warcinfo record tells of its run and outlet; None if it is not one of ours."""
    lines = (line.partition(": ") for line in record.payload.decode(errors="replace").split("\r\n"))
    told = {name: value for name, _, value in lines}
    if record.kind != "warcinfo" or not {"kickcrawl-run", "kickcrawl-outlet"} <= told.keys():
        return None
    try:
        run: RunInfo = json.loads(told["kickcrawl-run"])
    except ValueError:
        return None
    outlet = _outlet(told["kickcrawl-outlet"].encode())
    if outlet is None or not run.keys() >= {"run", "started_at", "arguments", "span"}:
        return None
    since, until = run["span"]  # a list in JSON
    return run | {"span": (since, until)}, outlet


def read_note(record: Record) -> dict[str, Any]:
    """Return the JSON of a note of ours; {} if it is none."""
    try:
        told = json.loads(record.payload)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _outlet(told: bytes) -> Outlet | None:
    try:
        return Outlet.model_validate_json(told)
    except ValidationError:
        return None


def last_outlet(archive: Archive, folder: Path, slug: str) -> Outlet | None:
    """Return an outlet as the records of its last run describe it last. Raises ArchiveError for damage."""
    found = None
    for row in archive.rows(_LAST_RUN, {"outlet": slug}):
        location = Location(row["file"], row["offset"], row["size"], row["digest"])
        if not _may_describe(read_bytes(folder, location)):
            continue
        record = read_record(folder, location)
        info = read_info(record)
        found = (info[1] if info else _outlet(record.payload) if record.url == RECOGNISED else None) or found
    return found


def _may_describe(data: bytes) -> bool:
    """Tell whether the compressed record *data* may describe an outlet, by its head: most are requests.

    To decode a record takes ten times as long.
    """
    try:
        head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, _HEAD_LENGTH)
    except zlib.error:
        return True
    return b"warcinfo" in head or RECOGNISED.encode() in head


_LAST_RUN = """
    SELECT * FROM records WHERE run_id = (SELECT max(id) FROM runs WHERE outlet = :outlet) ORDER BY file, offset
"""
