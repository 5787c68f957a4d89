"""Errors that a person can act on: each carries what it speaks of and says in one sentence what to do."""

from pathlib import Path


class KickcrawlError(Exception):
    """Root of all errors that kickcrawl raises on purpose; ``str()`` is one sentence for the operator."""


class UsageError(KickcrawlError):
    """A wrong argument or setting; commands exit with status 2."""


class OutletError(UsageError):
    """An outlet file that cannot be used."""

    def __init__(self, file: Path, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}" if key else f"{file}: {reason}")
        self.file = file
        self.key = key
        self.reason = reason


class SeedError(KickcrawlError):
    """A seed whose answer is not what the seed should be, for instance an HTML page where a feed was asked for."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class HarmfulSeedError(SeedError):
    """A seed whose answer took too much time or memory to read, or broke its reader."""


class ArchiveError(KickcrawlError):
    """An archive that cannot be opened, read or written."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class VocabularyError(KickcrawlError):
    """A file of words that cannot be used: *file*, and *reason*, which says what to change."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason
