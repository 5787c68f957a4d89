"""A citation as RIS, which EndNote, Zotero, Mendeley and library catalogues read: pure.

A tag of two signs, two blanks, a hyphen and a blank begin each line, CR LF ends it; TY comes first, ER last. No
asterisk may stand in the names of authors and newspapers. Source: RIS Format Specifications, Reference Manager 9.
"""

from archive.cite.authors import Author
from archive.cite.source import Source


def as_ris(source: Source) -> str:
    """Return *source* as a record of type NEWS."""
    published = source.published_on
    told: list[tuple[str, str | None]] = [
        ("TY", "NEWS"),
        *(("AU", _name(author).replace("*", "")) for author in source.authors),
        ("TI", source.title),
        ("T2", source.outlet.replace("*", "")),
        ("PB", source.publisher),
        ("CY", source.place),
        ("PY", f"{published:%Y}" if published else None),
        ("DA", f"{published:%Y/%m/%d}" if published else None),
        ("Y2", f"{source.archived_on:%Y/%m/%d}"),
        ("LA", source.language),
        ("UR", source.url),
        ("L2", source.address),
        ("DB", "kickcrawl"),
        ("AN", source.name),
        ("N1", f"Archived {source.archived_on} as {source.evidence}"),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in told if value) + "ER  - \r\n"


def _name(author: Author) -> str:
    """Return "Family, Given, Suffix"; an organisation with a comma behind it, so that no reader turns it round."""
    if author.family is None:
        return f"{author.name.replace(',', ' ')},"
    parts = (author.family, author.given or "", *([author.suffix] if author.suffix else []))
    return ", ".join(parts).removesuffix(", ")
