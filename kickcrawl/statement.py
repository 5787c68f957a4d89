"""A statement of rights, as it was written, and the one that is obeyed here: noarchive.

What else forbids is obeyed elsewhere: robots.txt, before a page is fetched (kickcrawl/robots.py). Everything is kept.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kickcrawl.settings import BOT_NAME

StatedIn = Literal["header", "meta", "link", "json-ld", "text", "robots.txt", "ai.txt", "tdmrep.json"]
EVERYBODY = "*"  # whom a statement is for that names nobody
MAX_VALUE = 300  # characters
# Of meta tags and X-Robots-Tag, what says that no copy is to be kept. "nocache" is Bing's word for it.
FORBIDS_ARCHIVING = frozenset(("noarchive", "nocache"))
# "Not for the training of machines": in use, and in no standard.
RESERVES_TRAINING = frozenset(("noai",))
# A control would move a terminal's cursor, and a single surrogate cannot be written.
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What stands in a *source*: its *kind* (licence, tdm-reservation, robots, ...) and *value*.

    *whom* it is for: a robot's name, or the addresses that a line of a site's file is about; "*" for all.
    """

    source: StatedIn
    kind: str
    value: str
    whom: str = EVERYBODY

    def __str__(self) -> str:
        whom = "" if self.whom == EVERYBODY else f" ({self.whom})"
        return f"{self.source}: {self.kind}{whom}: {self.value}"

    @property
    def written(self) -> str:
        """The statement as one line of ASCII, which read_statement() reads."""
        return json.dumps([self.source, self.kind, self.value, self.whom])

    @property
    def forbids_archiving(self) -> bool:
        """Whether it tells all robots, or us, to keep no copy of the page."""
        return self.kind == "robots" and self.whom in (EVERYBODY, BOT_NAME) and self.value in FORBIDS_ARCHIVING


def state(source: StatedIn, kind: str, value: object, whom: str = EVERYBODY) -> Iterable[Statement]:
    """Yield the statement with *value* on one line; nothing where that is no text, or an empty one.

    >>> [one.value for one in state("meta", "rights", "  Hak cipta\\n Warta  ")]
    ['Hak cipta Warta']
    """
    if isinstance(value, str) and (line := one_line(value)):
        yield Statement(source=source, kind=kind, value=line, whom=one_line(whom) or EVERYBODY)


def read_statement(line: str) -> Statement | None:
    """Return the statement that ``written`` wrote; None if *line* is no such one."""
    try:
        source, kind, value, whom = json.loads(line)
    except (ValueError, TypeError):
        return None
    return Statement(source=source, kind=str(kind), value=str(value), whom=str(whom))


def one_line(text: str) -> str:
    """Return *text* on one line of MAX_VALUE characters at most, without controls."""
    return " ".join(_UNWRITABLE.sub(" ", text[: 4 * MAX_VALUE]).split())[:MAX_VALUE]
