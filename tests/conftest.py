"""For all tests: those that share a module's fixture, such as a crawled archive, run in one of xdist's processes."""

import pytest


@pytest.hookimpl(tryfirst=True)  # before xdist looks for the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and any(
            fixture.scope == "module" for used in item._fixtureinfo.name2fixturedefs.values() for fixture in used
        ):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
