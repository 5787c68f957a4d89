"""What the files in which a site speaks to robots say of rights: robots.txt, ai.txt and tdmrep.json.

In: status and bytes of an answer. Out: statements, or None where the answer says nothing of what stands there. Obeyed
are robots.txt's rules (kickcrawl/robots.py); here it is told which robots it shuts out, and its Content-Signal lines.
Sources: RFC 9309; Spawning's ai.txt, which has robots.txt's form; TDM Reservation Protocol, final report of its W3C
community group, for tdmrep.json.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from kickcrawl.statement import EVERYBODY, StatedIn, Statement, state

ROBOTS, AI, TDMREP = "/robots.txt", "/ai.txt", "/.well-known/tdmrep.json"
SITE_FILES = (ROBOTS, AI, TDMREP)
MAX_STATEMENTS = 500  # of a file
MAX_BYTES = 500 << 10  # of a file that are read, as RFC 9309 (2.5) asks for
_LINE = re.compile(r"^[ \t]*([\w-]{1,40})[ \t]*:[ \t]*([^#\r\n]*)", re.MULTILINE)


def read_site_file(url: str, status: int, body: bytes) -> tuple[Statement, ...] | None:
    """Return what the file at *url*, one of SITE_FILES, states; () where there is none, None where that is not known.

    There is none where the server says so (RFC 9309, 2.3.1.3), or answers with a page, as some do for any address.
    """
    if 400 <= status < 500 and status != 429:
        return ()
    if not 200 <= status < 300:
        return None
    text = body[:MAX_BYTES].decode("utf-8-sig", errors="replace")
    if text.lstrip().startswith("<"):
        return ()
    read = {ROBOTS: _robots, AI: _ai, TDMREP: _tdmrep}[urlsplit(url).path]
    return tuple(islice(dict.fromkeys(read(text)), MAX_STATEMENTS))


def _robots(text: str) -> Iterator[Statement]:
    for agents, key, value in _rules(text):
        if key == "content-signal" or (key == "disallow" and value == "/"):
            for agent in agents:
                yield from state("robots.txt", key, value, agent)


def _ai(text: str) -> Iterator[Statement]:
    for agents, key, value in _rules(text):
        if key in ("allow", "disallow"):
            for agent in agents:
                yield from state("ai.txt", key, value, agent)


def _rules(text: str) -> Iterator[tuple[list[str], str, str]]:
    """Yield each line that is for robots: whom, and its key and value. Before any group it is for all."""
    agents, in_rules = [EVERYBODY], True
    for written, rest in _LINE.findall(text):
        key, value = written.lower(), rest.strip()
        if key == "user-agent":
            agents = [value] if in_rules else [*agents, value][:MAX_STATEMENTS]
            in_rules = False
        else:
            in_rules = True
            yield agents, key, value


def _tdmrep(text: str) -> Iterator[Statement]:
    """Yield reservation and policy of each location: a path, with * for anything and $ for its end."""
    try:
        told: Any = json.loads(text)
    except (ValueError, RecursionError):
        return
    for rule in islice(told if isinstance(told, list) else [told], MAX_STATEMENTS):
        if not isinstance(rule, dict) or not isinstance(rule.get("location"), str):
            continue
        reserved = rule.get("tdm-reservation")
        if str(reserved).lower() in _RESERVATIONS:
            yield from state(_TDMREP, "tdm-reservation", _RESERVATIONS[str(reserved).lower()], rule["location"])
        yield from state(_TDMREP, "tdm-policy", rule.get("tdm-policy"), rule["location"])


_TDMREP: StatedIn = "tdmrep.json"
_RESERVATIONS = {"0": "0", "1": "1", "false": "0", "true": "1"}  # as written, and the slips of hands
