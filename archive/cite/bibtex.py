r"""A citation as a BibTeX entry, for LaTeX with BibTeX or biblatex: pure.

BibTeX counts braces whatever stands before them, so that "\{" alone would end nothing: braces of the text are written
as commands. Text is UTF-8.
"""

from archive.cite.authors import Author
from archive.cite.source import Source

_COMMANDS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
}  # fmt: skip
_TEXT = str.maketrans(_COMMANDS)
# In an address, which \url{} prints as it is: what would end the field or the command.
_ADDRESS = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", '"': "%22", " ": "%20", "^": "%5E"})
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def as_bibtex(source: Source) -> str:
    """Return *source* as an entry @article, with the newspaper as its journal; the note has the digest.

    Where author or day are not known it is @misc: styles refuse an @article without them. The second pair of braces
    round the title keeps its capitals.
    """
    published = source.published_on
    kind, where = ("article", "journal") if source.authors and published else ("misc", "howpublished")
    fields = {
        "author": " and ".join(map(_name, source.authors)),
        "title": f"{{{escaped(source.title)}}}",
        where: escaped(source.outlet),
        "year": f"{published:%Y}" if published else "",
        "month": _MONTHS[published.month - 1] if published else "",
        "date": published.isoformat() if published else "",
        "url": source.url.translate(_ADDRESS),
        "urldate": source.archived_on.isoformat(),
        "note": f"Archived {source.archived_on} as {_evidence(source)}",
        "entrysubtype": "newspaper",
    }
    # A month is written as BibTeX's own name for it, without braces: each style prints it in its language.
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields.items() if value]
    return f"@{kind}{{{source.slug}-{source.id}-{source.revision},\n{''.join(lines)}}}\n"


def escaped(text: str) -> str:
    r"""Return *text* as LaTeX prints it.

    >>> escaped("Untung 5 % & {rugi}")
    'Untung 5 \\% \\& \\textbraceleft{}rugi\\textbraceright{}'
    """
    return text.translate(_TEXT)


def _name(author: Author) -> str:
    """Return a name as BibTeX parts it, "Family, Suffix, Given"; in braces what must not be parted."""
    if author.family is None or (author.suffix and not author.given):
        return f"{{{escaped(author.name)}}}"
    return ", ".join(_kept_whole(part) for part in (author.family, author.suffix, author.given) if part)


def _kept_whole(part: str) -> str:
    """Return a part of a name, in braces where an "and" in it would begin another author."""
    text = escaped(part)
    return f"{{{text}}}" if "and" in part.casefold().split() or "," in part else text


def _evidence(source: Source) -> str:
    address = rf"\url{{{source.address.translate(_ADDRESS)}}}" if source.address else None
    origin = rf"from \url{{{source.source.translate(_ADDRESS)}}}" if source.source else None
    return ", ".join(part for part in (source.name, address, source.digest, origin) if part)
