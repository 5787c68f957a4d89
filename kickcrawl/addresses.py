"""Which network addresses a crawler may connect to: only public ones, and what the operator named outright.

Pure; the checks at the connection are in spiders/network/guard.py.
"""

import ipaddress
from urllib.parse import urlsplit

from kickcrawl.urls import bare_host, host_of

# IANA's special-purpose registries (RFC 6890 and what followed), written out: what Python calls global differs from
# version to version, and it calls some multicast, relays and translators so. None of these is a web server's.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
        # Inside of 2000::/3, which is all of IPv6 that is public: special uses, documentation, 6to4.
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
_PUBLIC_V6 = ipaddress.ip_network("2000::/3")


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet. One that is wrapped in IPv6 (mapped, compatible, 6to4,
    NAT64, Teredo) is none, whatever is inside.

    >>> is_public("169.254.169.254"), is_public("::ffff:127.0.0.1"), is_public("64:ff9b::7f00:1")
    (False, False, False)
    """
    ip = ipaddress.ip_address(address.split("%")[0].strip("[]"))
    if ip.version == 6 and ip not in _PUBLIC_V6:
        return False
    return not any(ip in block for block in _NOT_PUBLIC if block.version == ip.version)


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
    if bare_host(url) not in {name.removeprefix("www.") for name in hosts}:
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
