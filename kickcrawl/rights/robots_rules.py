"""What meta tags and X-Robots-Tag tell robots to leave: noarchive, noindex, nosnippet, noai and their like.

In: the text of a tag or header line. Out: statements, each with the robot it is for. Rules that permit or only shape a
search result (index, max-image-preview) say nothing of rights. Source: Google, "Robots meta tag, data-nosnippet, and
X-Robots-Tag specifications"; of rules that conflict, the more restrictive one holds there.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from kickcrawl.settings import BOT_NAME
from kickcrawl.statement import EVERYBODY, FORBIDS_ARCHIVING, RESERVES_TRAINING, StatedIn, Statement, state

RESTRICTING = FORBIDS_ARCHIVING | RESERVES_TRAINING | {"noindex", "nosnippet", "none", "noimageai", "noimageindex"}
MAX_RULES = 40  # of one tag or header line
MAX_NAME = 60  # characters of a robot's name
_UNTIL = "unavailable_after"
_VALUED = frozenset((_UNTIL, "max-snippet", "max-image-preview", "max-video-preview"))
_NAMED = re.compile(r"(?P<name>[\w-]+)\s*:\s*(?P<rest>.*)", re.DOTALL)
_ROBOT = re.compile(r"[\w-]*(?:bot|crawler|spider)[\w-]*|slurp", re.IGNORECASE)


def header_rules(line: str) -> Iterator[Statement]:
    """Yield the rules of one line of X-Robots-Tag, which may name a robot, and several after another.

    >>> [(one.whom, one.value) for one in header_rules("noindex, otherbot: noarchive")]
    [('*', 'noindex'), ('otherbot', 'noarchive')]
    """
    whom = EVERYBODY
    for part in line.split(",")[:MAX_RULES]:
        named = _NAMED.fullmatch(part.strip())
        if named and named["name"].lower() not in _VALUED:
            whom, part = named["name"].lower(), named["rest"]
        yield from _rule("header", part, whom)


def meta_rules(name: str, content: str) -> Iterator[Statement]:
    """Yield the rules of a meta tag, if its *name* is "robots" or a robot's."""
    name = name[:MAX_NAME].strip().lower()
    if name != "robots" and name != BOT_NAME and not _is_robot(name):
        return
    whom = EVERYBODY if name == "robots" else name
    for part in content.split(",")[:MAX_RULES]:
        if _NAMED.fullmatch(part.strip()):
            yield from _rule("meta", part, whom)
        else:  # also parted by spaces alone
            for word in part.split()[:MAX_RULES]:
                yield from _rule("meta", word, whom)


@lru_cache(maxsize=512)  # all pages have the same few names; 60 characters each
def _is_robot(name: str) -> bool:
    return _ROBOT.fullmatch(name) is not None


def _rule(source: StatedIn, written: str, whom: str) -> Iterator[Statement]:
    rule = written.strip().lower()
    if rule in RESTRICTING or rule.startswith(_UNTIL):
        yield from state(source, "robots", rule if rule in RESTRICTING else written, whom)
