"""Every page type for people who cannot see well or use no mouse: axe-core finds no serious or critical fault."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.support.browsing import CHROMIUM, PAGES, WIDTHS, open_tab
from tests.support.npm_packages import AXE
from tests.support.serving import Site, fill, serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: apt-get install chromium"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: make replay"),
]
GRAVE = ("serious", "critical")
ASK = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .map(fault => [fault.impact, fault.id, fault.nodes.slice(0, 3).map(node => node.target.join(" "))])"""
# Faults of structure do not depend on colours, nor those of colours on words: so two of the four pairs say all.
SEEN: tuple[tuple[str, Literal["light", "dark"]], ...] = (("en", "light"), ("id", "dark"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(fill(tmp_path_factory.mktemp("site"))) as site:
        yield site


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    with open_tab() as tab:
        yield tab


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_grave_fault(tab: Page, site: Site, name: str) -> None:
    faults = []
    for language, scheme in SEEN:
        tab.set_extra_http_headers({"Accept-Language": language})
        tab.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            tab.goto(site.base + PAGES[name], wait_until="load")
            tab.evaluate(AXE.read_text(encoding="utf-8"))  # past the page's policy, which allows no foreign script
            faults += [(language, scheme, width, *fault) for fault in tab.evaluate(ASK) if fault[0] in GRAVE]
    assert faults == []
