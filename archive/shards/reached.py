"""Ask the shards that answer, and tell why the others do not.

A question takes several fans, each with what the one before brought. So a shard that fails on the way is left out from
the start: the others are asked again, and answer as one archive of theirs would.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from archive.database import bounded_work
from archive.shards.fan import Answer, Fan, Question
from kickcrawl.errors import ArchiveError

Found = TypeVar("Found")
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """A shard as it is shown: the archive at *path*, which nobody writes to; a newer state has another path.

    Where there is none to be asked, *problem* says why in a sentence; without one it holds nothing yet. *note* is what
    else is to be known of it. *bring* brings one of its WARC files to where it is missing; ArchiveError if it cannot.
    """

    name: str
    path: Path | None = None
    problem: str | None = None
    note: str | None = None
    bring: Callable[[Path], None] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached(Generic[Found]):
    """What was *found*, in the shards *names*, and of the others why they were not asked, by name."""

    found: Found
    names: Names
    problems: dict[str, str]


class _Failed(Exception):
    """Some shards could not answer, and why, by name."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(*problems)
        self.problems = problems


def ask_reached(
    shards: Sequence[Shard], question: Callable[[Fan, Names], Found], pool: Executor, seconds: float | None = None
) -> Reached[Found]:
    """Return what *question*, which is given a fan and the names of its shards, finds in the shards that answer.

    They are asked in *pool*. A step may take *seconds* of a processor, any time where that is None.
    """
    problems = {shard.name: shard.problem for shard in shards if shard.problem is not None}
    paths = {shard.name: shard.path for shard in shards if shard.path is not None and shard.problem is None}
    while True:
        try:
            found = question(_telling(paths, pool, seconds), tuple(paths))
        except _Failed as failed:
            problems |= failed.problems
            paths = {name: path for name, path in paths.items() if name not in problems}
        else:
            return Reached(found=found, names=tuple(paths), problems=dict(sorted(problems.items())))


def _telling(paths: dict[str, Path], pool: Executor, seconds: float | None) -> Fan:
    """Return a fan over *paths*, which raises _Failed with all that could not answer."""

    def fan(step: Callable[[Path, Question], Answer], question: Question, /) -> Sequence[Answer]:
        def answer(path: Path) -> tuple[Answer | None, ArchiveError | None]:
            try:
                with bounded_work(seconds):
                    return step(path, question), None
            except ArchiveError as error:
                return None, error

        told = list(pool.map(answer, paths.values()))
        failed = {name: _why(error, seconds) for name, (_, error) in zip(paths, told, strict=True) if error is not None}
        if failed:
            raise _Failed(failed)
        return [found for found, _ in told]  # type: ignore[misc]  # None only beside an error

    return fan


def _why(error: ArchiveError, seconds: float | None) -> str:
    if "interrupted" in error.reason and seconds is not None:
        return f"it takes longer than {seconds:g} s of a processor to answer; ask for less"
    return error.reason
