"""A fan asks every shard one question and returns the answers, in the order of the shards.

step(path, question) -> answer     a top-level function, which opens the archive at *path* itself
fan(step, question) -> answers     question and answers can be pickled: a fan may ask on other machines
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Fan(Protocol):
    """Asks every shard the same."""

    def __call__(self, step: Callable[[Path, Question], Answer], question: Question, /) -> Sequence[Answer]:
        """Return what *step* answers for each shard."""
        ...


def one_by_one(paths: Sequence[Path]) -> Fan:
    """Return a fan that asks the archives at *paths* one after the other, in this process."""

    def fan(step: Callable[[Path, Question], Answer], question: Question, /) -> Sequence[Answer]:
        return [step(path, question) for path in paths]

    return fan
