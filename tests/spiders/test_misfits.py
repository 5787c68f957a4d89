"""What of an unverified outlet's file does not fit its site."""

from collections import Counter

import pytest

from kickcrawl.article import SeedKind
from kickcrawl.outlet import Outlet
from spiders.misfits import what_does_not_fit
from spiders.run import OutletRun, SeedReport

WARTA = Outlet(slug="warta", name="Warta Uji", home="https://warta.example/")
NAMED = SeedReport(seed="sitemap", url="https://warta.example/wp-sitemap.xml", named=9)


@pytest.mark.parametrize(
    ("seed", "error", "is_told"),
    [
        pytest.param("sitemap", "HTTP 404", False, id="a usual place beside the sitemap that is there"),
        pytest.param("sitemap", "HTTP 503", True, id="one that is there and does not answer"),
        pytest.param("feed", "HTTP 404", True, id="no other of its kind"),
        pytest.param("rest", "HTTP 404", True, id="no list of posts"),
    ],
)
def test_seed_that_failed_is_told_unless_another_of_its_kind_stands_for_it(
    seed: SeedKind, error: str, is_told: bool
) -> None:
    failed = SeedReport(seed=seed, url="https://warta.example/lain", error=error)
    told = what_does_not_fit(OutletRun(outlet=WARTA, seeds=[NAMED, failed]))
    assert (told is not None) == is_told
    assert told is None or f"these seeds failed: {seed} https://warta.example/lain ({error})" in told


@pytest.mark.parametrize(("rejected", "is_told"), [(1, False), (3, True)], ids=["one, as of a withdrawal", "several"])
def test_rejected_pages_are_told_if_they_are_several(rejected: int, is_told: bool) -> None:
    run = OutletRun(outlet=WARTA, seeds=[NAMED], counts=Counter({"rejected/error-page": rejected, "stored": 2}))
    assert (what_does_not_fit(run) is not None) == is_told
