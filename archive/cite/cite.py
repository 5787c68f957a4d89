"""Cite a revision in one of four styles; each holds its name, ID@REVISION, and its digest."""

from collections.abc import Callable, Mapping
from typing import Literal

from archive.cite.bibtex import as_bibtex
from archive.cite.csl import as_csl
from archive.cite.plain import as_text
from archive.cite.ris import as_ris
from archive.cite.source import Source, read_source
from archive.database import Archive

Style = Literal["text", "bibtex", "csl", "ris"]
STYLES: Mapping[Style, Callable[[Source], str]] = {
    "text": as_text,
    "bibtex": as_bibtex,
    "csl": as_csl,
    "ris": as_ris,
}


def citation(archive: Archive, name: str, style: Style = "text", base: str | None = None) -> str:
    """Return the citation of the revision that *name* names: ID (the latest) or ID@REV.

    With *base*, the address of this archive's site, it has the permanent address. Raises as read_source() does.
    """
    return STYLES[style](read_source(archive, name, base))
