"""A few tasks work at a time; who waits for a slow answer lets others work."""

import asyncio

import pytest

from spiders.slots import Slots


def run(coroutine: object) -> object:
    return asyncio.run(asyncio.wait_for(coroutine, timeout=60))  # type: ignore[arg-type]


def test_no_more_than_so_many_work_at_a_time() -> None:
    async def crowd() -> int:
        slots, at_work, most = Slots(2, patience=60), 0, 0

        async def work() -> None:
            nonlocal at_work, most
            async with slots:
                at_work += 1
                most = max(most, at_work)
                await slots.wait_for(asyncio.sleep(0))
                at_work -= 1

        await asyncio.gather(*(work() for _ in range(9)))
        return most

    assert run(crowd()) == 2


def test_slow_answer_lets_another_work_and_is_returned() -> None:
    async def meet() -> tuple[str, bool]:
        slots, other_has_worked = Slots(1, patience=0), asyncio.Event()

        async def slow() -> str:
            async def answer() -> str:
                await other_has_worked.wait()
                return "jawaban"

            async with slots:
                return await slots.wait_for(answer())

        async def other() -> None:
            async with slots:
                other_has_worked.set()

        answer, _ = await asyncio.gather(slow(), other())
        async with slots:  # the slot is free again, and there is but one
            return answer, slots._free.locked()

    assert run(meet()) == ("jawaban", True)


def test_error_of_the_answer_is_raised_and_the_slot_is_free_again() -> None:
    async def fail() -> bool:
        slots = Slots(1, patience=0)

        async def answer() -> None:
            await asyncio.sleep(0)
            raise OSError("putus")

        with pytest.raises(OSError, match="putus"):
            async with slots:
                await slots.wait_for(answer())
        async with slots:
            return True

    assert run(fail())


def test_caller_that_is_cancelled_cancels_what_it_waited_for_and_frees_its_slot() -> None:
    async def cancel() -> bool:
        slots, begun, answer = Slots(1, patience=0), asyncio.Event(), asyncio.get_running_loop().create_future()

        async def wait() -> None:
            async with slots:
                begun.set()
                await slots.wait_for(answer)

        waiting = asyncio.create_task(wait())
        await begun.wait()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        async with slots:
            return answer.cancelled()

    assert run(cancel())
