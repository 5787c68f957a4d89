"""Write captures as a WACZ file (1.1.1) for ReplayWeb.page: a ZIP of a WARC file, its index and a list of pages.

archive/NAME.warc.gz   indexes/index.cdx.gz, index.idx   pages/pages.jsonl   datapackage.json, datapackage-digest.json
"""

import json
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from archive.database import Archive
from archive.export.captures import ListedPage, pages
from archive.export.cdxj import Entry, compress, index_lines
from archive.export.format import Format
from archive.export.keys import of_all
from archive.export.warc import MeasuredSink, copy_captures
from archive.query.choice import Choice
from archive.whole_file import whole
from kickcrawl import __version__
from kickcrawl.fingerprint import bytes_digest

INDEX = "index.cdx.gz"


def export_wacz(archive: Archive, choice: Choice, output: Path) -> int:
    """Write the captures of *choice* to *output*, all or nothing; return how many. Raises as export_warc() does."""
    name = f"{output.name.removesuffix('.wacz')}.warc.gz"
    with whole(output) as part, ZipFile(part, "w") as package, TemporaryFile(dir=output.parent) as file:
        data = MeasuredSink(file)
        entries = list(copy_captures(archive, choice, name, data))
        # Its size must be known before: ReplayWeb.page does not find records in a file that is marked as ZIP64 in one
        # of its two headers only. Stored, not deflated: a reader fetches single records out of it.
        entry = _entry(f"archive/{name}", ZIP_STORED)
        entry.file_size = data.size
        file.seek(0)
        with package.open(entry, "w") as copy:
            shutil.copyfileobj(file, copy)
        resources = [_resource(f"archive/{name}", data.digest, data.size)]
        blocks, where = compress(index_lines(entries, of_all), INDEX)
        listed = _shown(pages(archive, choice), entries)
        for path, body, how in (
            (f"indexes/{INDEX}", blocks, ZIP_STORED),
            ("indexes/index.idx", where.encode(), ZIP_DEFLATED),
            ("pages/pages.jsonl", _page_list(listed).encode(), ZIP_DEFLATED),
        ):
            package.writestr(_entry(path, how), body)
            resources.append(_resource(path, bytes_digest(body), len(body)))
        told = _json(_about(resources))
        package.writestr(_entry("datapackage.json", ZIP_DEFLATED), told)
        digest = {"path": "datapackage.json", "hash": bytes_digest(told)}
        package.writestr(_entry("datapackage-digest.json", ZIP_DEFLATED), _json(digest))
    return len(entries)


WACZ = Format(ending=".wacz", unit="captures", write=export_wacz, needs_ending=True)


def _entry(path: str, how: int) -> ZipInfo:
    entry = ZipInfo(path, datetime.now(UTC).timetuple()[:6])
    entry.compress_type = how
    entry.external_attr = 0o644 << 16
    return entry


def _resource(path: str, digest: str, size: int) -> dict[str, object]:
    name = path.rpartition("/")[2].lower()
    return {"name": name, "path": path, "hash": digest, "bytes": size}


def _shown(found: Iterable[ListedPage], entries: Iterable[Entry]) -> Iterator[ListedPage]:
    """Yield the pages that replay can show: not what was taken down with another article."""
    there = {(entry.url, entry.fetched_at) for entry in entries if entry.is_shown}
    return (page for page in found if (page.url, page.fetched_at) in there)


def _page_list(found: Iterable[ListedPage]) -> str:
    lines = [{"format": "json-pages-1.0", "id": "pages", "title": "Articles"}]
    lines += [
        {"id": page.id, "url": page.url, "ts": page.fetched_at.replace("+00:00", "Z"), "title": page.title}
        for page in found
    ]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _about(resources: list[dict[str, object]]) -> dict[str, object]:
    return {
        "profile": "data-package",
        "title": "Articles and their captures, from a kickcrawl archive",
        "resources": resources,
        "created": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "wacz_version": "1.1.1",
        "software": f"kickcrawl/{__version__}",
    }


def _json(value: object) -> bytes:
    return json.dumps(value, indent=2).encode()
