"""The site in a real browser, wide and narrow: no error in the console, no request to anyone else, nothing cut off."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Response

from tests.support.browsing import CHROMIUM, PAGES, REFUSED, WIDTHS, open_tab
from tests.support.serving import Site, fill, serving
from tests.support.storing import id_of

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: apt-get install chromium")


@dataclass
class Visit:
    """A page that was visited, and what the browser complained of meanwhile."""

    page: Page
    answer: Response
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(fill(tmp_path_factory.mktemp("site"))) as site:
        yield site


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    with open_tab() as tab:
        yield tab


@contextmanager
def visit(tab: Page, site: Site, path: str, width: int) -> Iterator[Visit]:
    """Go to a page, wait until it is loaded, and listen until the end."""
    complaints: list[str] = []
    foreign: list[str] = []
    listeners = {
        "console": lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
        "pageerror": lambda error: complaints.append(str(error)),
        "request": lambda request: foreign.append(request.url) if not is_ours(site, request.url) else None,
    }
    tab.set_viewport_size({"width": width, "height": 900})
    for event, listener in listeners.items():
        tab.on(event, listener)  # type: ignore[call-overload]
    try:
        answer = tab.goto(site.base + path, wait_until="load")
        assert answer is not None
        yield Visit(tab, answer, complaints, foreign)
    finally:
        for event, listener in listeners.items():
            tab.remove_listener(event, listener)


def is_ours(site: Site, url: str) -> bool:
    return url.startswith((f"{site.base}/", "data:"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_page_is_sound(tab: Page, site: Site, name: str, width: int) -> None:
    with visit(tab, site, PAGES[name], width) as visited:
        room = visited.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert room[0] <= room[1], "the page can be scrolled sideways"
    assert visited.answer.status == REFUSED.get(name, 200)
    # The browser itself notes in the console that a page was answered by an error.
    expected = ["Failed to load resource"] if name in REFUSED else []
    assert [said for said in visited.complaints if not any(said.startswith(note) for note in expected)] == []
    assert visited.foreign == []
    assert "content-security-policy" in visited.answer.headers
    assert visited.page.title() != "jahat"


def test_a_bar_of_the_chart_leads_to_the_articles_of_its_month(tab: Page, site: Site) -> None:
    with visit(tab, site, "/", 1280):
        box = tab.locator("figure svg:not(.labels)").bounding_box()
        assert box is not None
        tab.mouse.click(box["x"] + box["width"] - 60, box["y"] + box["height"] - 40)
        tab.wait_for_url("**/archive/articles?_month=2025-07")
        assert "3 articles" in tab.locator(".tally").inner_text()


def test_what_is_searched_on_one_page_is_found_on_the_next(tab: Page, site: Site) -> None:
    with visit(tab, site, f"/article/{id_of('panen')}", 390):
        tab.get_by_role("searchbox").fill("bergotong royong")
        tab.get_by_role("button", name="Search").click()
        tab.locator(".hits a").first.click()
        assert "bergotong royong" in tab.locator("article .text").inner_text()


def test_text_of_the_archive_is_in_its_own_language(tab: Page, site: Site) -> None:
    with visit(tab, site, f"/article/{id_of('panen')}", 1280):
        assert tab.locator("html").get_attribute("lang") == "en"
        assert tab.locator("article .text").get_attribute("lang") == "id"


def test_a_script_in_the_page_would_not_run(tab: Page, site: Site) -> None:
    """Should escaping ever fail: the policy alone stops a script that came with the text."""
    with visit(tab, site, "/", 1280):
        tab.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
        assert tab.evaluate("window.ran") is None


def test_facets_are_folded_where_there_is_no_room(tab: Page, site: Site) -> None:
    opened = {}
    for width in WIDTHS:
        with visit(tab, site, "/archive/articles", width):
            opened[width] = tab.locator("details[data-narrow][open]").count()
    assert opened == {1280: 5, 390: 0}


@pytest.mark.parametrize("path", ["/archive/articles", "/search?q=bergotong"])
def test_a_keyboard_reaches_the_list_and_what_narrows_it_in_few_steps(tab: Page, site: Site, path: str) -> None:
    for links, reached in ((1, "main"), (2, ".headlines a, .hits a"), (3, ".facets summary")):
        with visit(tab, site, path, 1280):
            for _ in range(links):
                tab.keyboard.press("Tab")
            assert tab.evaluate("document.activeElement.matches('.skip')")
            assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            assert tab.evaluate("document.activeElement.getBoundingClientRect().left >= 0"), "cannot be seen"
            tab.keyboard.press("Enter")
            if links > 1:
                tab.keyboard.press("Tab")
            assert tab.evaluate("reached => document.activeElement.matches(reached)", reached)


# Not wait_for_function, which asks again by eval(): the page's policy forbids that.
_IS_SCROLLED = """node => new Promise(done => {
    setTimeout(() => done(false), 10000);
    const look = () => node.scrollLeft > 0 ? done(true) : requestAnimationFrame(look);
    look();
})"""


def test_a_wide_table_is_scrolled_by_keyboard(tab: Page, site: Site) -> None:
    with visit(tab, site, "/archive/articles?_all=1", 390):
        table = tab.locator(".wide").first
        table.focus()
        tab.keyboard.press("ArrowRight")
        assert table.evaluate(_IS_SCROLLED)


@pytest.mark.slow
def test_headings_are_in_order(tab: Page, site: Site) -> None:
    for name, path in PAGES.items():
        with visit(tab, site, path, 1280):
            levels = [
                int(heading[1])
                for heading in tab.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(h => h.tagName)")
            ]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), name


def test_the_citation_can_be_copied(tab: Page, site: Site) -> None:
    with visit(tab, site, f"/article/{id_of('panen')}", 1280):
        tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
        tab.get_by_role("button", name="Copy").click()
        tab.get_by_role("button", name="Copied").wait_for()
        assert tab.evaluate("navigator.clipboard.readText()") == tab.locator("#citation").inner_text().strip()


@pytest.mark.parametrize(("theme", "paper"), [("dark", "rgb(26, 25, 23)"), ("light", "rgb(251, 249, 244)")])
def test_the_look_is_chosen_in_the_foot_and_kept(tab: Page, site: Site, theme: str, paper: str) -> None:
    tab.emulate_media(color_scheme="light" if theme == "dark" else "dark")
    with visit(tab, site, "/", 1280):
        tab.get_by_role("link", name=theme, exact=True).click()
        tab.goto(site.base + "/search")
        assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == paper
    tab.context.clear_cookies()
    tab.emulate_media(color_scheme="light")
