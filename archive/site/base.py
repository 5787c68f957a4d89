"""Where the site stands, as its visitors know it: for permanent addresses, which are read elsewhere."""

import os
from typing import Any

from archive.cite.permanent import checked_base
from archive.site.above import above_of
from kickcrawl.addresses import is_loopback

VARIABLE = "KICKCRAWL_BASE"  # of the environment: behind a proxy only the operator knows


def told_base() -> str | None:
    """Return the address that the operator names, None if none is named. Raises UsageError for what is none."""
    told = os.environ.get(VARIABLE)
    return checked_base(told) if told else None


def base_of(datasette: Any, request: Any) -> str:
    """Return the address of the site without a slash at its end: the operator's, else as it was asked for.

    Of a shard's site it is that of the joint one, where an article keeps its address whatever shard it is moved to.
    """
    above = above_of(datasette)
    path = above.path if above else datasette.urls.path("/")
    return told_base() or str(datasette.absolute_url(request, path)).rstrip("/")


def own_base_of(datasette: Any, request: Any) -> str:
    """Return the address of this very site: of a shard's, too, it is its own."""
    above = above_of(datasette)
    return base_of(datasette, request) + (above.mount if above else "")


def citable(base: str) -> str | None:
    """Return *base* if a citation may name it; None for an address that is this machine's alone."""
    return None if is_loopback(base) else base
