"""Which addresses were not there when an outlet was asked for them lately."""

from archive.database import Archive


def was_missing(archive: Archive, outlet: str, url: str, since: str) -> bool:
    """Tell whether the last answer to *url* in a run of *outlet*, *since* that time (ISO, UTC), was 404 or 410."""
    return archive.value(_LAST, {"outlet": outlet, "url": url, "since": since}) in (404, 410)


_LAST = """
    SELECT c.status FROM captures c JOIN runs r ON r.id = c.run_id
    WHERE c.url = :url AND r.outlet = :outlet AND c.fetched_at >= :since ORDER BY c.id DESC LIMIT 1
"""
