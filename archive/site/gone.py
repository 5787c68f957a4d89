"""The answer for what was taken down: status 410, and when and why."""

from typing import NoReturn

from archive.site.asking import Missing
from archive.tombstones import Tombstone


class Gone(Missing):
    """What was asked for was taken down for good."""

    status = 410


def gone(buried: Tombstone) -> NoReturn:
    """End the request with status 410 and what became of the article. Raises Gone."""
    raise Gone("buried", name=buried.id, day=buried.taken_down_at[:10], reason=buried.reason.rstrip("."))
