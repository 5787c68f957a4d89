"""Verify an archive: the database, the chain, the full-text index, the WARC files. The first fault found is named."""

from dataclasses import dataclass

from archive.chain import read_head
from archive.database import Archive
from archive.verify.chain import chain_checks
from archive.verify.checks import Check, Progress, run_checks
from archive.verify.files import file_checks, file_names
from archive.verify.kept_counts import check_kept_counts
from archive.verify.slice import check_slice, read_slice
from archive.verify.tables import check_index, database_checks
from archive.warc.files import files_of
from archive.warc.owner import warc_folder

_LEFT_OUT = "whether the full-text index is that of the articles: SQLite can check that only where it may write"
_COUNTED = ("articles", "revisions", "captures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The checks to run, and what is told when all of them pass.

    *files* are the checks of WARC files: their counts add up to ``records`` of *told*.
    """

    checks: list[Check]
    files: list[Check]
    told: dict[str, int | str]

    @property
    def weight(self) -> int:
        """The weights of all checks together."""
        return sum(check.weight for check in (*self.checks, *self.files))

    def run(self, archive: Archive, progress: Progress = lambda _: None) -> dict[str, int | str]:
        """Check everything and return what was checked, with the chain's head. Raises ArchiveError for a fault."""
        counts = run_checks(archive, [*self.checks, *self.files], progress)
        return self.told | {"records": sum(counts[len(self.checks) :])}


def verify(archive: Archive, *, expect: str | None = None) -> Verification:
    """Return the verification of all of *archive*; *expect* is a head that the chain must have had.

    *archive* is open for writing: SQLite asks for that to check a full-text index. Where it is open for reading only,
    that is left out, and `left_out` says so.
    """
    size, is_written = database_size(archive), not archive.count("PRAGMA query_only")
    checks = [*database_checks(archive, size), *chain_checks(archive, size, expect=expect)]
    if archive.row("SELECT 1 FROM sqlite_master WHERE name = 'articles_counts'"):  # an older one has none
        checks.append(Check(what="the kept counts", weight=size // 10, run=check_kept_counts))
    if is_written:
        checks.append(Check(what="the full-text index", weight=size // 2, run=check_index))
    slice = read_slice(archive)
    if slice is not None:
        checks.append(Check(what="the links of the slice's source", weight=size // 20, run=check_slice))
    names = file_names(archive) if slice is None or slice.holds_records else []
    told: dict[str, int | str] = {table: archive.count(f"SELECT count(*) FROM {table}") for table in _COUNTED}
    told |= {"links": archive.count("SELECT count(*) FROM chain"), "files": len(names), "records": 0}
    told |= {"head": read_head(archive)} | ({} if is_written else {"left_out": _LEFT_OUT})
    return Verification(checks=checks, files=file_checks(archive, dict.fromkeys(names, 0)), told=told)


def database_size(archive: Archive) -> int:
    """Return the bytes of the database, without what is not checkpointed yet."""
    return archive.count("PRAGMA page_count") * archive.count("PRAGMA page_size")


def volume(archive: Archive) -> int:
    """Return the bytes of the archive's WARC files."""
    return sum(path.stat().st_size for path in files_of(warc_folder(archive.path)))
