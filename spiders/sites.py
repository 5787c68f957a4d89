"""Sites that are given by their address instead of an outlet file: ``scrapy crawl news -a url=...``.

In: the argument, addresses parted by commas or ``@FILE`` with one a line. Out: the outlets to crawl. A site that has an
outlet file after all is crawled by it.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from kickcrawl.errors import UsageError
from kickcrawl.outlet import Outlet, without_secrets
from kickcrawl.sites.recognise import unlisted_site


def read_sites(argument: str) -> list[str]:
    """Return the addresses in *argument*, each with a path. Raises UsageError for what is none."""
    lines = _lines(Path(argument[1:])) if argument.startswith("@") else argument.split(",")
    sites = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
    if not sites:
        raise UsageError("url: no address is given; write one such as https://suarantb.com/")
    return list(dict.fromkeys(map(site_address, sites)))


def site_address(text: str) -> str:
    """Return *text* as the address of a front page. Raises UsageError where it is none."""
    return read_address("url", text, "https://suarantb.com/")


def read_address(argument: str, text: str, example: str) -> str:
    """Return the web address that *argument* gives, with a path and no fragment. Raises UsageError where it is none."""
    try:
        without_secrets(text)
    except ValueError as error:
        raise UsageError(f"{argument}: {error}") from None  # the address itself is not to be repeated
    try:
        parts = urlsplit(text)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # of its port, or of brackets in its host
        is_web = False
    if not is_web:
        raise UsageError(f"{argument}: {text!r} is no web address; write it in full, such as {example}")
    return parts._replace(path=parts.path or "/", fragment="").geturl()


def sites_to_outlets(sites: Sequence[str], known: Mapping[str, Outlet]) -> list[Outlet]:
    """Return an outlet for each site: the known one of its host, else one that is called as its host is.

    The port is part of the name only where several of the sites share the host.
    """
    by_host = Counter(urlsplit(site).hostname for site in sites)
    outlets: dict[str, Outlet] = {}
    for site in sites:
        parts = urlsplit(site)
        outlet = next((outlet for outlet in known.values() if outlet.owns(site)), None)
        if outlet is None:
            port = f"-{parts.port}" if parts.port and by_host[parts.hostname] > 1 else ""
            outlet = unlisted_site(site, f"{host_slug(parts.hostname or '')}{port}")
        if outlets.setdefault(outlet.slug, outlet).home != outlet.home:
            raise UsageError(f"url: {site} and {outlets[outlet.slug].home} are one host; crawl them one by one")
    return list(outlets.values())


def host_slug(host: str) -> str:
    """Return *host* as the name of an outlet; only an IPv6 address has to change for that."""
    return re.sub(r"[^a-z0-9.-]", "-", host.lower()).strip("-.")


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"url: {file} cannot be read ({error}); it should hold one address a line") from error
