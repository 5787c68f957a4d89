"""How tests are dealt out to xdist's processes: those of a module that share a fixture, such as a crawled archive, stay
together; all others one by one. (xdist's own groups do nothing with pytest 9.2: it reads names from another place.)
"""

from functools import cache

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from kickcrawl import CHECKOUT

# Hypothesis allows each example 200 ms; beside other work any of them may take longer.
settings.register_profile("busy machine", deadline=None)
settings.load_profile("busy machine")


class Together(LoadScopeScheduling):
    """Largest groups first, then single tests in their order."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if shares_a_fixture(file) else nodeid


@cache
def shares_a_fixture(file: str) -> bool:
    return 'scope="module"' in (CHECKOUT / file).read_text()


@pytest.hookimpl(optionalhook=True)  # without xdist there is nothing to deal out
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    return Together(config, log)
