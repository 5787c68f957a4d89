"""Check citations against an archive: is the revision there, is it what was cited, does the chain vouch for it?

In: any text with citations in it, in any style, also a whole bibliography: what counts is each ID@REVISION and the
digest behind it. Out: what was found of each. The WARC records are not read: archive/verify does that.
"""

import re
from bisect import bisect
from dataclasses import dataclass

from archive.chain import NOTHING, REVISION, next_head, revision_digest
from archive.cite.source import Source, read_source
from archive.database import Archive
from archive.tombstones import find_tombstone
from kickcrawl.errors import ArchiveError, UsageError

# A mail or a page may break lines anywhere within them, also with a hyphen.
_BREAK = r"(?:-?\s+)?"
_NAME = re.compile(
    rf"(?<![0-9a-f])(?P<id>(?:[0-9a-f]{_BREAK}){{12}})@{_BREAK}(?P<revision>[1-9][0-9]{{0,8}})", re.IGNORECASE
)
_DIGEST = re.compile(
    rf"{_BREAK.join('sha256:')}{_BREAK}(?P<hex>(?:[0-9a-f]{_BREAK}){{63}}[0-9a-f])(?![0-9a-f])", re.IGNORECASE
)
_BATCH = 10_000  # links read at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What a citation names: a revision and its digest."""

    id: str
    revision: int
    digest: str

    @property
    def name(self) -> str:
        """ID@REVISION."""
        return f"{self.id}@{self.revision}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A citation that holds: what it cites as the archive knows it, and the link of the chain that vouches for it."""

    source: Source
    link: int  # its position in the chain
    links: int  # how many there are
    head: str  # of the chain


def read_citations(text: str) -> list[Cited]:
    """Return what the citations in *text* name, each once. Raises UsageError if there is none."""
    found: dict[Cited, None] = {}
    names = list(_NAME.finditer(text))
    ends = [name.end() for name in names]
    for digest in _DIGEST.finditer(text):
        before = bisect(ends, digest.start())
        if before:
            name = names[before - 1]
            cited = Cited(
                id=_joined(name["id"]), revision=int(name["revision"]), digest=f"sha256:{_joined(digest['hex'])}"
            )
            found[cited] = None
    if not found:
        raise UsageError(
            'no citation: it must hold ID@REVISION and "sha256:…" behind it, as kickcrawl cite prints them'
        )
    return list(found)


def check_citations(archive: Archive, text: str, expect: str | None = None) -> list[Checked]:
    """Check every citation in *text*. Raises ArchiveError for the first that does not hold, with what is wrong.

    *expect* is a head that was written down: the chain must have had it.
    """
    links = [(cited, _find_link(archive, cited)) for cited in read_citations(text)]
    count, head = check_heads(archive, expect)
    return [
        Checked(source=read_source(archive, cited.name), link=link, links=count, head=head) for cited, link in links
    ]


def check_heads(archive: Archive, expect: str | None) -> tuple[int, str]:
    """Check that every link is made from the one before, and none is missing; return how many, and the last head.

    What the links vouch for is not read. Raises ArchiveError.
    """
    wanted = {row["chain_head"] for row in archive.rows(_RUN_HEADS)} | ({expect} if expect else set())
    position, head = 0, NOTHING
    wanted.discard(head)
    while links := archive.rows(_LINKS, {"position": position, "count": _BATCH}):
        for link in links:
            position += 1
            made = next_head(head, link["kind"], link["subject"], link["digest"])
            if link["position"] != position or link["head"] != made:
                raise ArchiveError(archive.path, f"link {position} of the chain was altered or is missing: {_DOUBT}")
            head = made
            wanted.discard(head)
    if wanted:
        raise ArchiveError(archive.path, f"the chain has never had the head {min(wanted)}: {_DOUBT}")
    return position, head


def _find_link(archive: Archive, cited: Cited) -> int:
    """Return the position of the link that vouches for the revision as it was cited. Raises ArchiveError."""
    link = archive.row(_LINK, {"subject": cited.name})
    vouched = link is not None and link["digest"] == cited.digest
    if (buried := find_tombstone(archive, cited.id)) is not None:
        had = "the chain vouches" if vouched else "the chain does not vouch"
        raise ArchiveError(archive.path, f"{buried.in_words()}; {had} that {cited.name} had this digest")
    row = archive.row(f"{REVISION} WHERE r.article_id = :id AND r.number = :number", _values(cited))
    if row is None:
        raise ArchiveError(archive.path, f"{cited.name} is not in this archive; {_revisions(archive, cited)}")
    if revision_digest(row) != cited.digest:
        raise ArchiveError(archive.path, f"{cited.name} is not what was cited: {_why(archive, cited, vouched)}")
    if link is None or not vouched:
        raise ArchiveError(archive.path, f"{cited.name} has the digest that was cited, but no link of the chain has it")
    position: int = link["position"]
    return position


def _joined(digits: str) -> str:
    return re.sub(r"[-\s]", "", digits).lower()


def _why(archive: Archive, cited: Cited, vouched: bool) -> str:
    if vouched:
        return "it had this digest when it was stored, and was changed later; restore the archive from a backup"
    subject = archive.text(_SUBJECT, {"digest": cited.digest})
    return f"its digest is another, the citation's is that of {subject or 'nothing here'}"


def _revisions(archive: Archive, cited: Cited) -> str:
    count = archive.count("SELECT count(*) FROM revisions WHERE article_id = :id", _values(cited))
    return f"the article has {count} revision{'' if count == 1 else 's'}" if count else "nor is the article"


def _values(cited: Cited) -> dict[str, object]:
    return {"id": cited.id, "number": cited.revision}


_DOUBT = "what it vouches for is in doubt; run kickcrawl verify"
_RUN_HEADS = "SELECT chain_head FROM runs WHERE chain_head IS NOT NULL"
_LINKS = "SELECT * FROM chain WHERE position > :position ORDER BY position LIMIT :count"
_LINK = "SELECT position, digest FROM chain WHERE kind = 'revision' AND subject = :subject ORDER BY position LIMIT 1"
_SUBJECT = "SELECT subject FROM chain WHERE kind = 'revision' AND digest = :digest ORDER BY position LIMIT 1"
