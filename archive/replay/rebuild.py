"""Build an archive from its WARC files alone: captures are read run by run, and applied by the code of the crawl.

Each run begins with a warcinfo record that holds its outlet's file, and ends with a note of how it went. What the
crawler knew when it asked for an article stands in the request's record.
"""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.asked import MISSING_PAGES, missing_pages_from_json
from archive.captures import Capture, store_capture, store_records
from archive.chain import link_dead_runs
from archive.database import Archive
from archive.outlets import outlet_row
from archive.replay.bring_files import bring
from archive.replay.kept import KeptCapture, find_capture
from archive.replay.reapply import AskedCapture, guess, reapply
from archive.replay.replay import asked_in
from archive.replay.site_files import note_site
from archive.runs import end_run, start_run
from archive.takedown.takedown import restore
from archive.warc.files import Location
from archive.warc.owner import refuse_others, warc_folder
from archive.warc.records import SOURCE, TRUNCATED, Record
from archive.warc.runs import Report, Segment, TakenDown, adopt, find_segments, read_note, records_of
from archive.warc.scan import Found
from kickcrawl.account import account_from_json
from kickcrawl.fingerprint import bytes_digest
from kickcrawl.outlet import Outlet, load_outlets, outlet_folders
from kickcrawl.validators import NOT_MODIFIED
from kickcrawl.workers.workers import Workers

REFERS_TO, REFERS_AT = "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"  # of a revisit: whose body it has
END = "urn:kickcrawl:run"  # the note with which a run ends
MISSING = f"urn:kickcrawl:{MISSING_PAGES}"
_ARC = re.compile(r"\.arc(\.gz)?$", re.IGNORECASE)
_ANSWERS = ("response", "revisit", "resource")
_TOLD = ("counts", "seeds", "complaints", "reason")  # besides the outcome


def rebuild(archive: Archive, files: Sequence[Path], *, tick: Callable[[], object] = lambda: None) -> Report:
    """Fill the new *archive* with what *files* hold, which are put beside it. *tick* is called for each record.

    Returns what was found, damaged and foreign. Raises UsageError, ArchiveError where files cannot be put there, or
    would be mixed with another archive's.
    """
    folder = warc_folder(archive.path)
    if any(path.resolve().parent != folder.resolve() for path in files):
        refuse_others(folder, archive.path)
    report, taken = Report(files=len(files)), TakenDown()
    found = [segment for path in files for segment in _bring(path, folder, report, taken)]
    runs: dict[tuple[str, str, int], list[Segment]] = {}
    for segment in adopt(sorted(found, key=_order), load_outlets(outlet_folders()), report):
        assert segment.outlet is not None, "adopt() has seen to it"
        runs.setdefault((segment.run["started_at"], segment.outlet.slug, segment.run["run"]), []).append(segment)
    workers = Workers()
    try:
        for parts in runs.values():
            asyncio.run(_rebuild_run(archive, parts, taken, workers, report, tick))
            report.runs += 1
    finally:
        workers.close()
    archive.write("UPDATE runs SET outcome = 'died', reason = 'no end was noted' WHERE outcome = 'running'")
    for row in archive.rows("SELECT slug FROM outlets ORDER BY slug"):
        link_dead_runs(archive, row["slug"])
    report.taken_down = archive.count("SELECT count(*) FROM takedowns")
    report.articles = archive.count("SELECT count(*) FROM articles")
    return report


def _bring(path: Path, folder: Path, report: Report, taken: TakenDown) -> list[Segment]:
    """Return the segments of the file at *path*, once it is beside the archive; a foreign file is left where it is."""
    if _ARC.search(path.name):
        report.foreign.append(f"{path}: an ARC file; only WARC is read")
        return []
    segments = find_segments(path, report, taken)
    if not segments:
        report.foreign.append(f"{path}: no run of kickcrawl's is in it")
        return []
    is_loose = segments[0].is_loose
    here = bring(path, folder, is_loose=is_loose)
    if is_loose:
        return find_segments(here, Report(), TakenDown())  # with the new offsets of its records
    return [replace(segment, path=here) for segment in segments]


def _order(segment: Segment) -> tuple[str, int, str, int]:
    return segment.run["started_at"], segment.run["run"], segment.path.name, segment.start


async def _rebuild_run(
    archive: Archive,
    parts: Sequence[Segment],
    taken: TakenDown,
    workers: Workers,
    report: Report,
    tick: Callable[[], object],
) -> None:
    """Store what a run captured, then apply the answers to what it asked for, and end it as it ended."""
    outlet, told = parts[-1].outlet, parts[-1].run  # the last: a site without a file is recognised while it is crawled
    assert outlet is not None, "adopt() has seen to it"
    run_id = start_run(archive, outlet_row(outlet), told["arguments"], datetime.fromisoformat(told["started_at"]))
    for note in taken.notes:
        if note.get("outlet") == outlet.slug:
            restore(archive, note)  # before anything of it could be stored again
    stored = _Stored()
    with archive.transaction():
        for part in parts:
            for found, request in _exchanges(part):
                tick()
                capture_id = _store_answer(archive, run_id, part, found, request, taken, report)
                stored.note(capture_id, found.record, request)
    await reapply(archive, run_id, outlet, told["span"], stored.asked_captures(outlet), workers)
    if stored.ended:
        note_site(archive, run_id, outlet)
    _end_run(archive, run_id, stored.ended)


@dataclass(slots=True)
class _Stored:
    """What the records of a run tell, once they are stored.

    *unasked* are answers whose request is damaged; *missing* has, by an article's address, the further pages that could
    not be had; *ended* is the note of the run's end.
    """

    answers: list[AskedCapture] = field(default_factory=list)
    unasked: list[tuple[int, Record]] = field(default_factory=list)
    missing: dict[str, frozenset[str]] = field(default_factory=dict)
    ended: dict[str, Any] = field(default_factory=dict)

    def note(self, capture_id: int | None, record: Record, request: Found | None) -> None:
        """Note a *record* that was stored, as a capture where it has an id, with the request for it."""
        if capture_id is not None and request is None:
            self.unasked.append((capture_id, record))
        elif capture_id is not None and request and (asked := asked_in(request.record)):
            self.answers.append(AskedCapture(capture_id, asked))
        elif record.url == MISSING and (missing := missing_pages_from_json(read_note(record))):
            self.missing |= [missing]
        elif record.url == END:
            self.ended = read_note(record) | {"at": record.date}

    def asked_captures(self, outlet: Outlet) -> list[AskedCapture]:
        """Return the answers in the order in which they came, each with what was asked for, or may have been."""
        answers = [replace(one, missing=self.missing.get(one.asked.url, frozenset())) for one in self.answers]
        return sorted([*answers, *guess(outlet, self.unasked, answers)], key=lambda answer: answer.capture_id)


def _end_run(archive: Archive, run_id: int, ended: Mapping[str, Any]) -> None:
    """End a run as its note says; one without a whole note stays as it is, and has died."""
    if ended.keys() >= {"outcome", *_TOLD}:
        at = datetime.fromisoformat(ended["at"])
        told = {name: ended[name] for name in _TOLD} | {"addresses": ended.get("addresses")}
        end_run(archive, run_id, ended["outcome"], at, **told, vouches=_has_asked_for_all(ended))


def _has_asked_for_all(ended: Mapping[str, Any]) -> bool:
    """Tell whether a run asked for all that its seeds had named: what was not asked for is not known any more."""
    account = account_from_json(ended.get("addresses") or {})
    return account is not None and account.count("waiting", "outside") == 0


def _store_answer(
    archive: Archive,
    run_id: int,
    part: Segment,
    found: Found,
    request: Found | None,
    taken: TakenDown,
    report: Report,
) -> int | None:
    """Write the rows of a record and of its request as the crawl did; return the id if it is a capture."""
    location, beside = _locate(part, found), [_locate(part, request)] if request else []
    store_records(archive, beside, run_id)
    record, digest = found.record, found.record.fields.get("WARC-Payload-Digest", "")
    is_capture = record.kind in _ANSWERS and digest.startswith("sha256:")  # else emptied by a takedown
    original = find_capture(archive, _ORIGINAL, {"digest": digest, "run": run_id}) if record.kind == "revisit" else None
    is_lost = is_capture and record.kind == "revisit" and original is None
    if is_lost and (record.fields.get(REFERS_TO), record.fields.get(REFERS_AT)) not in taken.emptied:
        why = f"a revisit of {record.url}, of which the record that holds the body is damaged or not there"
        report.damage.append(f"{part.path}: byte {found.offset}: {why}")
    if is_lost or not is_capture:
        store_records(archive, [location], run_id if record.url != END else None)
        return None
    return store_capture(archive, _row(run_id, record, location, original))


def _exchanges(segment: Segment) -> Iterator[tuple[Found, Found | None]]:
    """Yield each record of a segment, an answer with the request for it where that is whole."""
    answer: Found | None = None
    for found in records_of(segment):
        if found.record.kind == "request" and answer is not None and _belong(answer.record, found.record):
            yield answer, found
            answer = None
            continue
        if answer is not None:
            yield answer, None
        answer = found
    if answer is not None:
        yield answer, None


def _belong(answer: Record, request: Record) -> bool:
    return answer.kind in _ANSWERS and request.fields.get("WARC-Concurrent-To") == answer.fields.get("WARC-Record-ID")


def _locate(part: Segment, found: Found) -> Location:
    return Location(part.path.name, found.offset, len(found.data), bytes_digest(found.data))


def _row(run_id: int, record: Record, location: Location, original: KeptCapture | None) -> Capture:
    content_type = record.fields.get("Content-Type") if record.kind == "resource" else record.header("Content-Type")
    if original is not None and record.status == NOT_MODIFIED:
        content_type = original.content_type
    source = record.fields.get(SOURCE)
    is_valid = TRUNCATED not in record.fields and source is None
    return Capture(
        run_id=run_id,
        url=record.url,
        fetched_at=record.date,
        status=record.status or 200,
        digest=record.fields["WARC-Payload-Digest"],
        length=original.length if original is not None else len(record.payload),
        file=location.file,
        offset=location.offset,
        size=location.length,
        record_digest=location.digest,
        original_id=original.id if original is not None else None,
        content_type=content_type,
        etag=record.header("ETag") if is_valid else None,
        last_modified=record.header("Last-Modified") if is_valid else None,
        location=record.header("Location"),
        source=source,
    )


# As the crawl finds it (archive/captures.py): among what the same outlet's runs fetched.
_ORIGINAL = """
    digest = :digest AND original_id IS NULL AND source IS NULL
    AND (SELECT outlet FROM runs WHERE id = run_id) = (SELECT outlet FROM runs WHERE id = :run)
"""
