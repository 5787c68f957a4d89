"""Ask all shards one question: on copies of their archives here, some at a time, or where Ray has room for it."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from archive.shards.fan import Fan
from spiders.fleet.copies import Copy, at_hand

Question = TypeVar("Question")
Answer = TypeVar("Answer")


def here(copies: Sequence[Copy], at_once: int) -> Fan:
    """Return a fan that asks copies on this machine, *at_once* at a time: SQLite works while Python waits for it."""

    def fan(step: Callable[[Path, Question], Answer], question: Question, /) -> Sequence[Answer]:
        with ThreadPoolExecutor(at_once) as pool:
            return list(pool.map(partial(_answer, step, question), copies))

    return fan


def with_ray(ray: Any, copies: Sequence[Copy]) -> Fan:
    """Return a fan that asks each copy in a task of *ray*, where it is brought to the worker's own folder."""
    task = ray.remote(num_cpus=1)(_answer)

    def fan(step: Callable[[Path, Question], Answer], question: Question, /) -> Sequence[Answer]:
        told = ray.put(question)  # once for all tasks
        answers: Sequence[Answer] = ray.get([task.remote(step, told, copy) for copy in copies])
        return answers

    return fan


def _answer(step: Callable[[Path, Question], Answer], question: Question, copy: Copy) -> Answer:
    return step(at_hand(copy), question)
