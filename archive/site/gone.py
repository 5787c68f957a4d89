"""The answer for what was taken down: status 410, and when and why."""

from typing import NoReturn

from datasette.utils.asgi import Base400

from archive.tombstones import Tombstone


class Gone(Base400):
    """What was asked for was taken down for good."""

    status = 410


def gone(buried: Tombstone) -> NoReturn:
    """End the request with status 410 and what became of the article. Raises Gone."""
    sentence = buried.in_words()
    raise Gone(f"{sentence[:1].upper()}{sentence[1:]}.")
