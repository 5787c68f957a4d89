"""Which tests run, in which order, and how they are dealt out to xdist's processes.

Those of a module that share a fixture, such as a crawled archive, stay together; all others go one by one. (xdist's own
groups do nothing with pytest 9.2: it reads names from another place.)
"""

import os
from functools import cache

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from kickcrawl import CHECKOUT

IS_ACCEPTANCE = os.environ.get("KICKCRAWL_ACCEPTANCE") == "1"

# Hypothesis allows each example 200 ms; beside other work any of them may take longer.
settings.register_profile("busy machine", deadline=None)
settings.load_profile("busy machine")


class Together(LoadScopeScheduling):
    """Modules that share a fixture as one, then single tests, in the order of pytest_collection_modifyitems()."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if shares_a_fixture(file) else nodeid


@cache
def shares_a_fixture(file: str) -> bool:
    return 'scope="module"' in (CHECKOUT / file).read_text()


@pytest.hookimpl(optionalhook=True)  # without xdist there is nothing to deal out
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    return Together(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores, since crawls wait; none more beside rigs, whose limits are of time."""
    return (os.cpu_count() or 1) + (not IS_ACCEPTANCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out slow tests where they are not asked for, and put long ones first: none begins when the others end."""
    if not IS_ACCEPTANCE:
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="slow: run with KICKCRAWL_ACCEPTANCE=1"))
    items.sort(key=how_short)


def how_short(item: pytest.Item) -> tuple[bool, ...]:
    is_acceptance = "acceptance" in item.path.parts
    return not is_acceptance, item.get_closest_marker("slow") is None, item.get_closest_marker("crawl") is None
