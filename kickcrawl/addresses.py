"""Which network addresses a crawler may connect to: only public ones, and those that the operator allows.

Pure; the checks at the connection are in spiders/network/guard.py.
"""

import ipaddress
from urllib.parse import urlsplit

from kickcrawl.urls import bare_host, host_of

# IANA's special-purpose registries (RFC 6890 and its successors), written out: what Python calls global differs from
# version to version, and includes some multicast addresses, relays and translators. No web server has one of these.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
        # Parts of 2000::/3, the public range of IPv6: special uses, documentation, 6to4.
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
_PUBLIC_V6 = ipaddress.ip_network("2000::/3")


def is_public(address: str) -> bool:
    """Tell whether the IP *address* is one of the public internet; ValueError if it is no IP address.

    An IPv4 address that is embedded in an IPv6 one (mapped, compatible, 6to4, NAT64, Teredo) never counts as public.

    >>> is_public("169.254.169.254"), is_public("::ffff:127.0.0.1"), is_public("64:ff9b::7f00:1")
    (False, False, False)
    """
    ip = ipaddress.ip_address(address.split("%")[0].strip("[]"))
    if ip.version == 6 and ip not in _PUBLIC_V6:
        return False
    return not any(ip in block for block in _NOT_PUBLIC if block.version == ip.version)


def is_loopback(url: str) -> bool:
    """Tell whether the host of *url* is this machine, by number or as localhost, which an operator may allow.

    >>> is_loopback("http://127.0.0.1:8099/"), is_loopback("http://192.168.0.7/")
    (True, False)
    """
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def why_refused(url: str, allowed: frozenset[str], hosts: frozenset[str]) -> str | None:
    """Return why *url* may not be fetched, whatever its host name resolves to; None if it may.

    *hosts* are those of the outlets being crawled (with "www." or without). *allowed* are the ``host:port`` that the
    operator allows although they are not public: such a host is allowed on that port only.
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
    bare = bare_host(url)
    if f"www.{bare}" not in hosts and (bare not in hosts or bare.startswith("www.")):
        return f"{host_of(url)} is no host of the outlets being crawled"
    if endpoint(url) in allowed:
        return None
    if host in {name.rsplit(":", 1)[0].strip("[]") for name in allowed}:
        return f"the operator allowed {', '.join(sorted(allowed))} only"
    try:
        return None if is_public(host) else f"{host} is no public address"
    except ValueError:
        return None  # a host name: the resolver checks its addresses


def endpoint(url: str) -> str:
    """Return ``host:port`` of *url*; without a port in it the scheme's, 0 for an unknown scheme."""
    parts = urlsplit(url)
    return f"{(parts.hostname or '').lower()}:{parts.port or {'http': 80, 'https': 443}.get(parts.scheme, 0)}"
