"""Which network addresses a crawler may connect to: only public ones, and what the operator named outright.

Pure; the checks at the connection are in spiders/guard.py.
"""

import ipaddress
from urllib.parse import urlsplit

from kickcrawl.urls import host_of


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet, also when it is wrapped in IPv6.

    >>> is_public("169.254.169.254"), is_public("::ffff:127.0.0.1"), is_public("64:ff9b::7f00:1")
    (False, False, False)
    """
    ip = ipaddress.ip_address(address.split("%")[0].strip("[]"))
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:  # for a machine's own use (RFC 4291, 2.5.5.2): nobody's name leads there
            return False
        inner = ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in ipaddress.ip_network("64:ff9b::/96") or ip in ipaddress.ip_network("::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if ip in ipaddress.ip_network("64:ff9b:1::/48"):  # NAT64 for local use (RFC 8215)
            return False
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return ip.is_global and not ip.is_multicast


def is_loopback(url: str) -> bool:
    """Tell whether *url* names this machine itself, by number or as localhost: what an operator may allow by naming it.

    >>> is_loopback("http://127.0.0.1:8099/"), is_loopback("http://192.168.0.7/")
    (True, False)
    """
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def why_refused(url: str, named: frozenset[str], hosts: frozenset[str]) -> str | None:
    """Return why *url* may not be fetched whatever its name resolves to, or None.

    *hosts* are those of the outlets being crawled (with "www." or without); *named* are the ``host:port`` that the
    operator allowed: a host that is named there is allowed on that port only.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        return f"it is no web address ({error})"
    if parts.scheme not in ("http", "https"):
        return f"{parts.scheme or 'no scheme'}: only http and https are fetched"
    host = parts.hostname or ""
    if not host:
        return "it has no host"
    if host_of(url).removeprefix("www.") not in {name.removeprefix("www.") for name in hosts}:
        return f"{host_of(url)} is no host of the outlets being crawled"
    if endpoint(url) in named:
        return None
    if host in {name.rsplit(":", 1)[0].strip("[]") for name in named}:
        return f"the operator allowed {', '.join(sorted(named))} only"
    try:
        return None if is_public(host) else f"{host} is no public address"
    except ValueError:
        return None  # a name: the resolver checks what it stands for


def endpoint(url: str) -> str:
    """Return ``host:port`` of *url*, the port spelled out."""
    parts = urlsplit(url)
    return f"{(parts.hostname or '').lower()}:{parts.port or {'http': 80, 'https': 443}.get(parts.scheme, 0)}"
