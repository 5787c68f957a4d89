"""What a citation says of a revision, read from the archive: authors, title, outlet, days, addresses, digest."""

from dataclasses import dataclass
from datetime import date

from archive.chain import REVISION, revision_digest
from archive.cite.authors import Author, author_of
from archive.cite.permanent import article_address
from archive.database import Archive
from archive.history.past import find_state
from archive.tombstones import find_tombstone
from kickcrawl.days import day_of
from kickcrawl.errors import ArchiveError


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One revision as it is cited. Text is on one line; days are those of the outlet's clock."""

    id: str
    revision: int
    digest: str  # "sha256:" and hex: what the chain vouches for, see archive/chain.py
    title: str
    authors: tuple[Author, ...]
    outlet: str  # its name
    slug: str
    publisher: str | None
    place: str | None
    language: str | None
    url: str  # where the outlet published it
    published_on: date | None
    archived_on: date
    source: str | None  # where it stands in the web archive that it came from; None: the outlet sent it
    address: str | None  # where this archive shows the revision; None where no base address is known

    @property
    def name(self) -> str:
        """What the revision is called everywhere: ID@REVISION."""
        return f"{self.id}@{self.revision}"

    @property
    def evidence(self) -> str:
        """By what the revision is found and checked, the permanent address included if it is known, and its source."""
        source = f"from {self.source}" if self.source else None
        return ", ".join(part for part in (self.name, self.address, self.digest, source) if part)


def read_source(archive: Archive, name: str, base: str | None = None) -> Source:
    """Return the revision that *name* names, the latest for ID (or an address) alone, ID@REV for another.

    *base* is the address at which this archive's site stands. Raises UsageError for what there is not, ArchiveError
    for what was taken down.
    """
    buried = find_tombstone(archive, name) or find_tombstone(archive, name.rpartition("@")[0])
    if buried is not None:
        raise ArchiveError(archive.path, f"{buried.in_words()}; what is gone cannot be cited")
    record = find_state(archive, name)
    values = {"id": record["id"], "number": record["revision"], "outlet": record["outlet"]}
    row = archive.row(f"{REVISION} WHERE r.article_id = :id AND r.number = :number", values)
    outlet = archive.row("SELECT * FROM outlets WHERE slug = :outlet", values)
    if row is None or outlet is None:
        raise ArchiveError(archive.path, f"revision {record['revision']} of {record['id']} is missing; run: verify")
    published = record["published_at"]
    own_names = tuple(name for name in (outlet["slug"], outlet["name"], outlet["publisher"]) if name)
    return Source(
        id=record["id"],
        revision=record["revision"],
        digest=revision_digest(row),
        title=_on_one_line(record["title"]),
        authors=tuple(author_of(_on_one_line(author), own_names) for author in record["authors"] if author.strip()),
        outlet=_on_one_line(outlet["name"]),
        slug=outlet["slug"],
        publisher=outlet["publisher"],
        place=outlet["place"],
        language=record["language"] or outlet["language"],
        url=record["url"],
        published_on=date.fromisoformat(day_of(published, outlet["timezone"])) if published else None,
        archived_on=date.fromisoformat(day_of(row["recorded_at"], outlet["timezone"])),
        source=_source_of(archive, record["capture_id"]),
        address=article_address(base, record["id"], record["revision"]) if base else None,
    )


def _source_of(archive: Archive, capture_id: int) -> str | None:
    """Return where a capture stands in the web archive that it came from; an archive of before them keeps none."""
    row = archive.row("SELECT * FROM captures WHERE id = :id", {"id": capture_id})
    return row["source"] if row is not None and "source" in row.keys() else None  # noqa: SIM118  (a row's values else)


def _on_one_line(text: str) -> str:
    """Return *text* without line breaks and control characters, which no style can hold."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
