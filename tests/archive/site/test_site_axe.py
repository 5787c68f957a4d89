"""Every page type for people who cannot see well or use no mouse: axe-core finds no serious or critical fault."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kickcrawl import CHECKOUT
from tests.support.browsing import CHROMIUM, PAGES, WIDTHS, open_tab
from tests.support.serving import Site, fill, serving

AXE = CHECKOUT / ".venv" / "replay" / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: apt-get install chromium"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: make replay"),
]
GRAVE = ("serious", "critical")
ASK = """async ignored => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .map(fault => [fault.impact, fault.id, fault.nodes.slice(0, 3).map(node => node.target.join(" "))])"""
LANGUAGES = ("en", "id")
SCHEMES = ("light", "dark")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(fill(tmp_path_factory.mktemp("site"))) as site:
        yield site


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    with open_tab() as tab:
        yield tab


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_grave_fault(tab: Page, site: Site, name: str, language: str) -> None:
    tab.set_extra_http_headers({"Accept-Language": language})
    faults = []
    for scheme in SCHEMES:
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            tab.goto(site.base + PAGES[name], wait_until="load")
            tab.evaluate(
                Path(AXE).read_text(encoding="utf-8")
            )  # past the page's policy, which allows no foreign script
            faults += [(scheme, width, *fault) for fault in tab.evaluate(ASK, None) if fault[0] in GRAVE]
    assert faults == []
