"""Show a picture of an article as it was captured, from the archive's WARC files: /picture?url=ADDRESS.

The address is the picture's own, as in articles.images. Only bitmaps are shown; nothing of them is run.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette import Response, hookimpl

from archive.database import Archive
from archive.pictures import find_picture
from archive.site.asking import Missing, ask
from archive.warc.files import Location, read_record
from archive.warc.owner import warc_folder
from archive.warc.records import Record
from kickcrawl.errors import ArchiveError
from kickcrawl.page.encodings import decode_body

KINDS = frozenset(f"image/{name}" for name in ("jpeg", "png", "gif", "webp", "avif", "bmp"))
MAX_AGE = 86_400  # seconds that a browser may keep one


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Return the address of pictures with what answers it."""
    return [(r"/picture$", picture)]


async def picture(datasette: Any, request: Any) -> Any:
    """Answer with the picture at ?url=ADDRESS, as it was captured last."""
    url = request.args.get("url", "")
    try:
        found = await ask(datasette, lambda archive: read_picture(archive, url))
    except ArchiveError:
        found = None  # its file is gone or damaged: `kickcrawl verify` says so
    if found is None:
        raise Missing("picture")
    kind, body = found
    return Response(body, content_type=kind, headers={"Cache-Control": f"max-age={MAX_AGE}"})


def has_picture(archive: Archive, url: str) -> bool:
    """Tell whether the picture at *url* was kept and can be shown."""
    row = find_picture(archive, url)
    return row is not None and _kind(row["content_type"]) in KINDS


def read_picture(archive: Archive, url: str) -> tuple[str, bytes] | None:
    """Return a picture's media type and bytes; None if none was kept. Raises ArchiveError if its record is damaged."""
    row = find_picture(archive, url)
    if row is None or _kind(row["content_type"]) not in KINDS:
        return None
    kind = _kind(row["content_type"])
    if row["original_id"] is not None:
        row = archive.row("SELECT * FROM captures WHERE id = :id", {"id": row["original_id"]})
        assert row is not None, "a foreign key holds it"
    record = _read(archive.path, row)
    return kind, decode_body(record.payload, record.header("Content-Encoding"))


def _read(archive: Path, row: Any) -> Record:
    location = Location(row["file"], row["offset"], row["size"], row["record_digest"])
    return read_record(warc_folder(archive), location)


def _kind(content_type: str | None) -> str:
    return (content_type or "").partition(";")[0].strip().lower()
