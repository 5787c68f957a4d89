"""When a shard has its turn in a round: by what is due, by whose lease may last, and not twice."""

from typing import Any

import pytest

from spiders.fleet.state import GRACE, Lease, Part, State
from tests.support.fleets import needs_fsspec

pytestmark = needs_fsspec

BEGUN = 1_000.0
LEASE = Lease(worker="another", fence=4, until=BEGUN + 60)


@pytest.mark.parametrize(
    ("task", "everything", "changes", "expected"),
    [
        ("crawl", False, {}, 0.0),
        ("crawl", False, {"due": BEGUN + 1}, None),
        ("crawl", True, {"due": BEGUN + 1}, 0.0),
        ("reextract", False, {"due": BEGUN + 1}, 0.0),
        ("crawl", False, {"lease": LEASE, "at": BEGUN + 9}, LEASE.until + GRACE),
        ("crawl", True, {"at": BEGUN + 9}, None),
        ("crawl", True, {"at": BEGUN + 9, "number": 1}, 0.0),
        ("crawl", True, {"parts": ()}, None),
    ],
    ids=[
        "due", "not due yet", "all", "another task", "held", "done by this round", "made just now", "no outlets",
    ],
)  # fmt: skip
def test_turn_of_a_shard(task: str, everything: bool, changes: dict[str, Any], expected: float | None) -> None:
    from spiders.fleet.rounds import Round, due_at

    asked = Round(
        task=task, url="", work="", begun=BEGUN, settings={}, everything=everything, lease=60.0, address=None,
        dashboard="", cpus=None,
    )  # fmt: skip
    state = State(number=5, at=BEGUN - 9, said="", parts=(Part(outlets={"warta": None}),))
    assert due_at(asked, state.model_copy(update=changes)) == expected
