"""To whom alerts are told: addresses as apprise reads them, from KICKCRAWL_NOTIFY, and the one place that sends.

An address may hold a password or a token. So it is never printed or stored: a target is called by its scheme and a
digest, and is cut out of what errors say.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from typing import Literal
from urllib.parse import unquote

from kickcrawl.errors import UsageError
from kickcrawl.fingerprint import bytes_digest

SETTING = "KICKCRAWL_NOTIFY"
Mood = Literal["failure", "success"]
_BETWEEN = re.compile(r"[\s,]+(?=[a-z][a-z0-9+.-]*://)|\s+", re.IGNORECASE)
_MIN_SECRET = 3  # letters of a piece of an address that are cut out of errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Somebody who is told. *name* may be shown, *address* never."""

    name: str
    address: str

    def __repr__(self) -> str:
        return self.name


class UndeliveredError(Exception):
    """A message was not taken; says why, without the target's address."""


def read_targets(setting: str | None) -> tuple[Target, ...]:
    """Return the targets that *setting* names, parted by blanks or commas; none where it is empty.

    Raises UsageError for what is no address.
    """
    addresses = [address for address in _BETWEEN.split((setting or "").strip().strip(",")) if address]
    if any("://" not in address for address in addresses):
        raise UsageError(
            f"{SETTING}: one of its targets is no address; write mailto://... or json://host/path, "
            "see https://github.com/caronc/apprise"
        )
    return tuple({target.name: target for target in map(_target, addresses)}.values())


def _target(address: str) -> Target:
    scheme = address.partition("://")[0].lower()
    digest = bytes_digest(address.encode()).removeprefix("sha256:")[:8]
    return Target(name=f"{scheme}://{digest}", address=address)


def send(target: Target, title: str, body: str, mood: Mood) -> None:
    """Hand a message to *target*. Raises UndeliveredError where it was not taken."""
    try:
        import apprise
    except ImportError as error:
        raise UndeliveredError(f"{SETTING} is set, but apprise is not installed: pip install apprise") from error
    sender = apprise.Apprise()
    with _log_of_apprise() as log:
        if not sender.add(target.address):
            raise UndeliveredError("apprise does not know such an address")
        if sender.notify(body=body, title=title, notify_type=apprise.NotifyType(mood), body_format="text"):
            return
    said = log.getvalue().strip().splitlines()
    raise UndeliveredError(without_secrets(said[-1] if said else "it was not taken", target))


def without_secrets(text: str, target: Target) -> str:
    """Return *text* without any piece of the target's address.

    >>> without_secrets("no route to hook.example/T0KEN", _target("json://hook.example/T0KEN"))
    'no route to ...'
    """
    rest = target.address.partition("://")[2]
    pieces = [rest, unquote(rest), *re.split(r"[/:@?&=]", rest), *re.split(r"[/:@?&=]", unquote(rest))]
    for piece in sorted(set(pieces), key=len, reverse=True):
        if len(piece) >= _MIN_SECRET:
            text = text.replace(piece, "...")
    return text


@contextmanager
def _log_of_apprise() -> Iterator[StringIO]:
    """Collect what apprise warns of, and keep it from every other log: it may name the address."""
    log, logger = StringIO(), logging.getLogger("apprise")
    handler, propagates = logging.StreamHandler(log), logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield log
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagates
