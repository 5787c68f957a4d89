"""Limit how many tasks work at a time; one that waits for a slow answer gives its slot to another meanwhile."""

import asyncio
from collections.abc import Awaitable
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")


class Slots:
    """*count* slots; ``async with slots`` holds one. *patience*: seconds for which it is kept while waiting."""

    def __init__(self, count: int, patience: float) -> None:
        self._free = asyncio.Semaphore(count)
        self._patience = patience

    async def __aenter__(self) -> None:
        await self._free.acquire()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._free.release()

    async def wait_for(self, answer: Awaitable[T]) -> T:
        """Return *answer*. If it takes long, another task gets the caller's slot meanwhile; call with one held."""
        task = asyncio.ensure_future(answer)
        try:
            done, _ = await asyncio.wait({task}, timeout=self._patience)
            if not done:
                self._free.release()
                try:
                    await asyncio.wait({task})
                finally:
                    await self._free.acquire()
            return task.result()
        finally:
            task.cancel()  # where the caller was: nobody waits for the answer any more
