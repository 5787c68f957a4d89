"""What a crawl is asked for becomes a plan."""

from pathlib import Path

from scrapy.settings import Settings

from kickcrawl.outlet import Outlet
from spiders.plan import make_plan

WARTA = Outlet(slug="warta", name="Warta Uji", home="https://warta.example/")


def test_an_outlet_that_is_named_twice_is_crawled_once(tmp_path: Path) -> None:
    settings = Settings({"ARCHIVE": str(tmp_path / "archive.db"), "CONTACT": "uji@example.org"})
    plan = make_plan("news", {"outlets": "warta, warta"}, settings, {"warta": WARTA})
    assert plan.outlets == (WARTA,)
