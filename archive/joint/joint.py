"""The shards that are shown now, and how they are asked: a few questions at a time, each of all shards at once."""

import asyncio
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from archive.joint.told import Kept
from archive.shards.fan import Fan
from archive.shards.reached import Names, Reached, Shard, ask_reached

SECONDS = 2.0  # of CPU that a shard may take for a step, as the site of one archive for a query
MAX_QUESTIONS = 4  # asked at the same time
UNASKED = "X-Shards-Unasked"  # header of data: the shards that could not be asked
Found = TypeVar("Found")


class Joint:
    """Several shards that are shown as one, and *tables*, the folder of their tables for SQL; None: no SQL.

    *note* is what is to be known of all of them: that they cannot be brought anew, and why.
    """

    def __init__(self, shards: Sequence[Shard], tables: Path | None = None) -> None:
        self.shards = tuple(shards)
        self.tables = tables
        self.note: str | None = None
        self.kept = Kept()
        self._shown = 0
        self._questions = ThreadPoolExecutor(MAX_QUESTIONS, "question")
        self._steps = ThreadPoolExecutor(os.cpu_count() or 1, "step")

    def show(self, shards: Sequence[Shard], note: str | None = None) -> None:
        """Show these shards from now on; what is being answered is answered from those before. From any thread."""
        if (tuple(shards), note) != (self.shards, self.note):
            self.shards, self.note = tuple(shards), note
            self._shown += 1
            self.kept.forget_others({shard.path for shard in shards})

    def state(self) -> int:
        """Return a number that is another one whenever other shards are shown."""
        return self._shown

    def find(self, name: str) -> Shard | None:
        """Return the shard of that name."""
        return next((shard for shard in self.shards if shard.name == name), None)

    async def ask(
        self,
        question: Callable[[Fan, Names], Found],
        *,
        seconds: float | None = SECONDS,
        among: Sequence[str] | None = None,
    ) -> Reached[Found]:
        """Return what *question* finds in all shards that can be asked, or in those of them whose names are *among*."""
        shards = [shard for shard in self.shards if among is None or shard.name in among]
        asked = partial(ask_reached, shards, question, self._steps, seconds)
        return await asyncio.get_running_loop().run_in_executor(self._questions, asked)


def unasked(reached: Reached[Any]) -> dict[str, str]:
    """Return the header that tells programs which shards could not be asked; none where all were."""
    return {UNASKED: ", ".join(reached.problems)} if reached.problems else {}
