"""Read the files for robots that a run fetched (robots.txt, ai.txt, tdmrep.json), and note what they say of rights.

At the end of a run, from its captures, so that a rebuild does the same.
"""

from urllib.parse import urlsplit

from archive.database import Archive
from archive.replay.kept import KeptCapture, get_capture
from archive.rights import note
from archive.warc.files import read_record
from archive.warc.owner import warc_folder
from kickcrawl.errors import ArchiveError
from kickcrawl.outlet import Outlet
from kickcrawl.page.encodings import decode_body
from kickcrawl.rights.site_files import SITE_FILES, read_site_file


def note_site(archive: Archive, run_id: int, outlet: Outlet) -> None:
    """Note what the files for robots said of rights that the run fetched from the hosts of *outlet*."""
    for row in archive.rows(_SITE_FILES, {"run_id": run_id}):
        if urlsplit(row["url"]).path not in SITE_FILES or not outlet.owns(row["url"]):
            continue
        capture = get_capture(archive, row["id"])
        try:
            statements = read_site_file(capture.url, capture.shown_status, _body(archive, capture))
        except ArchiveError:
            continue  # its record is damaged, which `kickcrawl verify` tells
        if statements is not None:
            note(archive, outlet.slug, "site", capture.url, statements, capture.id, capture.fetched_at)


def _body(archive: Archive, capture: KeptCapture) -> bytes:
    """Return the decoded body of *capture*; a revisit's is its original's."""
    held = get_capture(archive, capture.original_id) if capture.original_id is not None else capture
    record = read_record(warc_folder(archive.path), held.location_in_warc)
    return decode_body(record.payload, record.header("Content-Encoding"))


_SITE_FILES = """
    SELECT id, url FROM captures
    WHERE run_id = :run_id AND (url LIKE '%/robots.txt' OR url LIKE '%/ai.txt' OR url LIKE '%/tdmrep.json') ORDER BY id
"""
