"""What an export format is: how it is told by a file's name, and what writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from archive.database import Archive
from archive.query.choice import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format. Files with its *ending* are written by *write*, which returns how many of *unit* it wrote.

    *write* writes all of a choice or leaves the file as it was; it raises UsageError where nothing can be written,
    ArchiveError where the archive lacks what was asked for. *needs_ending*: its readers go by the file's name.
    """

    ending: str
    unit: Literal["articles", "captures"]
    write: Callable[[Archive, Choice, Path], int]
    needs_ending: bool = False
