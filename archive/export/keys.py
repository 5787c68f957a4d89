"""The keys under which replay tools look an address up in an index (SURT): its host turned round, small letters.

    https://www.Warta.example/Padi/?b=2&a=1   ->   example,warta)/padi?a=1&b=2     pywb, and Python's tools
                                              ->   example,warta)/padi/?a=1&b=2    ReplayWeb.page

They differ in a path's last slash and in parameters that Python's leaves out (sessions). A WACZ is read by both.
"""

import re
from collections.abc import Collection
from urllib.parse import urljoin, urlsplit


def of_python(url: str) -> Collection[str]:
    """Return the one key that pywb makes of *url*."""
    from surt import surt  # only here: it imports requests, for 0.1 s of every command

    return {surt(url)}


def of_all(url: str) -> Collection[str]:
    """Return the keys of *url* that any reader of a WACZ file makes."""
    return {*of_python(url), of_javascript(url)}


def of_javascript(url: str) -> str:
    """Return the key that the npm package warcio makes of *url*, an http address as a client sent it.

    >>> of_javascript("https://www.Warta.example:443/Padi/?b=2&a=1")
    'example,warta)/padi/?a=1&b=2'
    """
    parts = urlsplit(_WWW.sub(r"\1", url).lower())
    host, _, port = parts.netloc.rpartition("@")[2].partition(":")
    if parts.scheme not in _PORTS:
        return url
    told = f":{port}" if port not in ("", _PORTS[parts.scheme]) else ""
    path = urljoin("/", parts.path) if "/." in parts.path else parts.path or "/"  # without "." and ".."
    query = f"?{'&'.join(sorted(parts.query.split('&')))}" if parts.query else ""
    return f"{','.join(reversed(host.split('.')))}{told}){path}{query}"


_WWW = re.compile(r"^(https?://)www\d*\.")
_PORTS = {"http": "80", "https": "443"}
