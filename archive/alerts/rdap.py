"""Ask once a week when the domain of an outlet ends, by RDAP (RFC 9083); without an answer it is unknown.

Only public addresses are connected to: a name is resolved here, checked, and its address connected to.
"""

import http.client
import json
import os
import socket
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

from archive.alerts.observe import observe
from archive.database import Archive
from kickcrawl import __version__
from kickcrawl.addresses import is_public
from kickcrawl.dates import to_iso
from kickcrawl.urls import host_of

SETTING = "KICKCRAWL_RDAP"  # whom to ask; empty: nobody
SERVER = "https://rdap.org/domain/"  # leads to the registry of each top-level domain
EVERY = timedelta(days=7)
MAX_ASKED = 5  # in a round, so that nobody is asked for hundreds at once
_RESERVED = ("example", "test", "invalid", "localhost", "local", "internal")
_MAX_REDIRECTS = 3
_MAX_BYTES = 1 << 20
_TIMEOUT = 10  # seconds


def observe_domains(archive: Archive, now: datetime) -> None:
    """Ask when each domain expires, if that was not asked in the last week, and note the answer."""
    server = os.environ.get(SETTING, SERVER)
    if not server:
        return
    for row in archive.rows(_UNASKED, {"since": to_iso(now - EVERY), "count": MAX_ASKED}):
        host = host_of(row["home"]).removeprefix("www.")
        ends = domain_end(server, host) if _is_registered(host) else None
        observe(archive, row["slug"], "domain", host, to_iso(ends) if ends else "", to_iso(now))


def _is_registered(host: str) -> bool:
    """Tell whether *host* is a name of the public DNS (RFC 6761), not a number."""
    last = host.rpartition(".")[2]
    return "." in host and not last.isdigit() and last not in _RESERVED


def domain_end(server: str, host: str) -> datetime | None:
    """Return when the registration of *host*, or of the domain it belongs to, ends; None where nobody says."""
    labels = host.split(".")
    for start in range(len(labels) - 1):
        answer = _get(f"{server}{'.'.join(labels[start:])}")
        if answer is not None and (end := expiration(answer)):
            return end
    return None


def expiration(answer: bytes) -> datetime | None:
    """Return the time of the event "expiration" in an RDAP answer; None where there is none.

    >>> expiration(b'{"events": [{"eventAction": "expiration", "eventDate": "2026-03-01T00:00:00Z"}]}').year
    2026
    """
    try:
        events = json.loads(answer).get("events", [])
        dates = [event["eventDate"] for event in events if event["eventAction"] == "expiration"]
        end = datetime.fromisoformat(dates[0]) if dates else None
    except (ValueError, AttributeError, KeyError, TypeError):
        return None
    return end if end is not None and end.tzinfo else None


def _get(url: str) -> bytes | None:
    """Return the body of an answer 200, redirects followed; None for any other, or for none."""
    for _ in range(_MAX_REDIRECTS + 1):
        try:
            status, location, body = _ask(url)
        except (OSError, http.client.HTTPException, ValueError):
            return None
        if status == 200:
            return body
        if status not in (301, 302, 303, 307, 308) or not location:
            return None
        url = urljoin(url, location)
    return None


def _ask(url: str) -> tuple[int, str | None, bytes]:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError("RDAP is asked over TLS only")
    address = next(_public_addresses(parts.hostname, parts.port or 443))
    connection = http.client.HTTPSConnection(parts.hostname, parts.port or 443, timeout=_TIMEOUT)
    raw = socket.create_connection(address, timeout=_TIMEOUT)
    try:
        connection.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=parts.hostname)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {"Accept": "application/rdap+json", "User-Agent": f"kickcrawl/{__version__}"}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location"), answer.read(_MAX_BYTES)
    finally:
        connection.close()
        raw.close()


def _public_addresses(host: str, port: int) -> Iterator[tuple[str, int]]:
    """Yield the addresses of *host*. Raises OSError where one is not public."""
    for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if not is_public(str(address[0])):
            raise OSError(f"{host} stands for {address[0]}, which is no public address")
        yield str(address[0]), port


_UNASKED = """
    SELECT o.slug, o.home FROM outlets o WHERE NOT EXISTS (
        SELECT 1 FROM observations b WHERE b.subject = 'domain' AND b.outlet = o.slug AND b.checked_at >= :since)
    ORDER BY o.slug LIMIT :count
"""
