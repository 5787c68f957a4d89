"""The filters of our templates: what turns values of the archive into words of the visitor's language."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from datasette import hookimpl
from jinja2 import Environment, pass_context

from archive.site.cells import names, web_address
from archive.site.marks import marked
from archive.site.moments import day_in_words, in_words, marked_up, month_in_words
from archive.site.words import ENGLISH, Words
from kickcrawl.compare.diff import shortened


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Add the filters that our templates use."""
    env.filters |= {"moment": moment, "day": day, "month": month, "here": here, "fields": fields}
    env.filters |= {"marked": marked, "names": names, "web": web_address, "shortened": shortened}


@pass_context
def moment(context: Mapping[str, Any], at: str | None, offset: int | None = None, zone: str | None = None) -> str:
    """Return a time with its minute, UTC in its title."""
    return marked_up(at, in_words(at, offset, zone, _words(context)))


@pass_context
def day(context: Mapping[str, Any], at: str | None, offset: int | None = None, zone: str | None = None) -> str:
    """Return a day, UTC in its title."""
    return marked_up(at, day_in_words(at, offset, zone, _words(context)))


@pass_context
def month(context: Mapping[str, Any], label: str) -> str:
    """Return "2025-07" or "2025-07-14" in words."""
    return month_in_words(label, _words(context))


@pass_context
def fields(context: Mapping[str, Any], changed: str) -> list[str]:
    """Return the fields in a JSON list by their names in words."""
    called = _words(context)["fields"]
    return [called.get(name, name) for name in names(changed)]


def here(url: str) -> str:
    """Return an address of this site without scheme and host: what a proxy is called is not known.

    >>> here("http://127.0.0.1:8001/arsip/articles?_month=2025-07")
    '/arsip/articles?_month=2025-07'
    """
    return urlsplit(str(url))._replace(scheme="", netloc="").geturl()


def _words(context: Mapping[str, Any]) -> Words:
    words: Words = context.get("words") or ENGLISH
    return words
