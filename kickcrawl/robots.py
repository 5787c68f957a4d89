"""robots.txt as RFC 9309 reads it: what its answer's status means, which addresses it allows, what else it says.

Pure: status and bytes in, a RobotsPolicy out. Matching itself is Protego's.
"""

import codecs
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from kickcrawl.urls import resolve_path

MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: at least 500 KiB must be read
# An agent's line, in all spellings that Protego takes for one.
_AGENT = re.compile(r"\s*user[- ]?agent(?:\s*:|\s)(?P<name>[^#]*)", re.IGNORECASE)
_TOKEN = "a-z_-"  # what the name of a crawler may be made of (RFC 9309, 2.2.1)
_DELAY = re.compile(
    r"\s*crawl[- ]delay(?:\s*:|\s)\s*(?P<number>\d+(?:[.,]\d+)?)"
    r"\s*(?P<unit>ms|milli\w*|m|min\w*|menit|s|sec\w*|detik)?\s*(?:#.*)?",
    re.IGNORECASE,
)
_ANY_DELAY = re.compile(r"\s*crawl[- ]delay(?:\s*:|\s)", re.IGNORECASE)
LIFETIME = 24 * 3600  # seconds; RFC 9309, 2.4


def disallowed(host: str) -> str:
    """Return the reason why an address of *host* (with its port) is not fetched."""
    return f"robots.txt of {host}: disallowed"


@dataclass(frozen=True, slots=True)
class RobotsPolicy:
    """What a site asks of crawlers. *unreachable* says why nothing at all may be fetched, or is None."""

    unreachable: str | None = None
    sitemaps: tuple[str, ...] = ()
    crawl_delay: float | None = None  # seconds
    _parser: Protego | None = field(default=None, repr=False)
    _agent: str = "*"

    def allows(self, url: str) -> bool:
        """Tell whether *url* may be fetched, as written and as a server reads it: /a/../intern/ is /intern/."""
        if self.unreachable is not None:
            return False
        parts = urlsplit(url)
        written = {url, parts._replace(path=resolve_path(parts.path)).geturl()}
        return self._parser is None or all(self._parser.can_fetch(one, self._agent) for one in written)


def read_robots(status: int, body: bytes, agent: str) -> RobotsPolicy:
    """Return the policy in an answer to robots.txt.

    2xx is read; 4xx means that there are no rules (RFC 9309, 2.3.1.3), but for 429, which asks to stay away; the rest
    means that everything is disallowed (2.3.1.4).
    """
    if 200 <= status < 300:
        text = body[:MAX_BYTES].decode(_encoding(body), errors="replace")
        if len(body) >= MAX_BYTES:
            # The stump of a line would read as another rule. (An expression costs the square of a line's length.)
            text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
        parser = Protego.parse(_for_us(text, agent))
        delay = parser.crawl_delay(agent)
        return RobotsPolicy(None, tuple(parser.sitemaps), float(delay) if delay is not None else None, parser, agent)
    if 400 <= status < 500 and status != 429:
        return RobotsPolicy()
    return RobotsPolicy(unreachable=f"answered {status}")


def _for_us(text: str, agent: str) -> str:
    """Return *text* as Protego reads it rightly: our name bare, one name for all other agents, delays in seconds.

    Protego writes each rule down for each agent of its group: 64 kB of many of both took 7 s and 500 MB.
    """
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if named := _AGENT.match(line):
            lines[number] = f"User-agent: {_agent(named['name'].strip(), agent)}"
        elif _ANY_DELAY.match(line):
            lines[number] = _delay(line)
    return "\n".join(lines)


def _agent(name: str, agent: str) -> str:
    """Return whom the group of *name* is for: *agent*, all ("*"), or nobody that we know.

    The name ends at the first character that no crawler's name has, so that what was copied from a log is us, too:
    kickcrawl/0.1.0. A longer name (kickcrawl-images) or a part of ours (kick) is another crawler's.
    """
    if re.match(rf"{re.escape(agent)}(?![{_TOKEN}])", name.strip("*"), re.IGNORECASE):
        return agent
    return "*" if name == "*" else "nobody"


def _delay(line: str) -> str:
    """Return the line of a Crawl-delay in plain seconds: "3s", "1,5" and "500 ms" are read as a person would.

    What is no such number keeps its group as it is, but asks for nothing.
    """
    written = _DELAY.fullmatch(line)
    if written is None:
        return "Crawl-delay: unreadable"
    unit = (written["unit"] or "s").lower()
    scale = 0.001 if unit.startswith(("ms", "milli")) else 60 if unit.startswith("m") else 1
    return f"Crawl-delay: {float(written['number'].replace(',', '.')) * scale:g}"


def _encoding(body: bytes) -> str:
    """Return UTF-8, as RFC 9309 (2.3) asks for, or UTF-16 where the file begins with its mark."""
    return "utf-16" if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
