"""What a release must say of itself before it is tagged."""

from dataclasses import replace
from datetime import date

import pytest

from kickcrawl import CHECKOUT, RELEASED, __version__
from tests.release import UNRELEASED, Release, day_of, faults, read_release

TODAY = date(2027, 1, 5)
GOOD = Release(
    versions={"kickcrawl/__init__.py": "2027.1.5", "pyproject.toml": "2027.1.5"},
    headings=("2027.1.5", "2026.11.30"),
    has_notes=True,
    tags=frozenset({"v2026.11.30"}),
    changed=(),
)


def test_release_that_says_what_it_is_has_no_fault() -> None:
    assert faults(GOOD, TODAY) == []


@pytest.mark.parametrize(
    ("release", "told"),
    [
        (replace(GOOD, versions=GOOD.versions | {"pyproject.toml": "2026.11.30"}), "2026.11.30 in pyproject.toml"),
        (replace(GOOD, versions=dict.fromkeys(GOOD.versions, "1.2.3")), "write today's day, 2027.1.5"),
        (replace(GOOD, headings=(UNRELEASED, "2026.11.30")), "begins with 'Unreleased'"),
        (replace(GOOD, headings=()), "begins with 'nothing'"),
        (replace(GOOD, has_notes=False), "says nothing below 2027.1.5"),
        (replace(GOOD, tags={"v2027.1.5"}), "a second release of a day is 2027.1.5.1"),
        (replace(GOOD, changed=("archive/lock.py",)), "not committed: archive/lock.py"),
    ],
)  # fmt: skip
def test_what_keeps_a_release_back_is_told(release: Release, told: str) -> None:
    assert any(told in fault for fault in faults(release, TODAY))


@pytest.mark.parametrize(
    ("version", "day"),
    [
        ("2027.1.5", TODAY), ("2027.1.5.1", TODAY),
        ("2027.13.5", None), ("2027.1", None), ("0.1.0", None), ("2027.1.5.0", None), ("2027.1.5a", None),
    ],
)  # fmt: skip
def test_version_names_a_day(version: str, day: date | None) -> None:
    assert day_of(version) == day


def test_this_checkout_agrees_with_itself_between_releases() -> None:
    release = read_release(CHECKOUT)
    assert set(release.versions.values()) == {__version__}
    assert day_of(__version__) == RELEASED.date()
    assert release.headings[0] in (UNRELEASED, __version__)
    assert __version__ in release.headings
    days = [day_of(heading) for heading in release.headings if heading != UNRELEASED]
    assert days == sorted(days, reverse=True)
