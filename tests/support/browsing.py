"""The pages of the site, one of each type, and a tab of a real browser to visit them in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

from tests.support.serving import EVIL
from tests.support.storing import id_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OPTIONS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
WIDTHS = (1280, 390)
PAGES = {
    "front": "/",
    "search": "/search",
    "search with hits": "/search?q=bawang",
    "search with nothing found": "/search?q=tidakada",
    "search with all of it": "/search?q=bawang&since=2025-06-01&until=2025-07-31&author=Rina+Andayani&order=newest",
    "search narrowed": "/search?q=bawang&outlet=warta&section=Ekonomi&originals=1&exact=1",
    "search for no day": "/search?since=kemarin",
    "search for markup": f"/search?q={EVIL}",
    "article": f"/article/{id_of('panen')}",
    "article that is gone": f"/article/{id_of('terhapus')}",
    "article of hostile text": f"/article/{id_of('jahat')}",
    "revision": f"/article/{id_of('panen')}?revision=1",
    "revision for good": f"/article/{id_of('panen')}@1",
    "article on a day": f"/article/{id_of('panen')}?on=2025-07-14",
    "no revision": f"/article/{id_of('panen')}@9",
    "difference": f"/article/{id_of('panen')}/diff?from=1&to=2",
    "story": "/story/1",
    "capture": "/capture/1",
    "about": "/about",
    "no article": "/article/ffffffffffff",
    "no page": "/tidak/ada/sama-sekali",
    "outlet": "/outlet/warta",
    "coverage": "/coverage/warta",
    "coverage of a year": "/coverage/warta?year=2025",
    "coverage of no year": "/coverage/warta?year=1066",
    "run": "/run/1",
    "articles": "/archive/articles",
    "articles narrowed": "/archive/articles?_month=2025-07&_search=bawang",
    "articles, none": "/archive/articles?_search=tidakada",
    "articles, filtered": "/archive/articles?title__contains=naik",
    "articles, all columns": "/archive/articles?_all=1",
    "articles, one column": "/archive/articles?_col=title",
    "articles, sorted by nothing": "/archive/articles?_sort=tidak_ada",
    "questions and data": "/archive",
    "question": "/archive/changed-headlines",
    "question with a word": "/archive/word-by-month?word=bawang",
    "SQL": "/archive?sql=select+title,+id+as+article_id+from+articles+limit+5",
    "SQL without rows": "/archive?sql=select+1+where+0",
    "SQL with a value": "/archive?sql=select+:kata+as+kata&kata=padi",
    "SQL with a mistake": "/archive?sql=select+nothing",
    "table": "/archive/revisions",
    "table, filtered": "/archive/revisions?number__gt=1&_facet=run_id",
    "row": "/archive/outlets/warta",
    "row of an article": "/archive/articles/1",
    "captures": "/archive/captures",
    "hidden table": "/archive/near_sketches",
    "versions": "/-/versions",
}
REFUSED = {
    "SQL with a mistake": 400,
    "articles, sorted by nothing": 400,
    "search for no day": 400,
    "no article": 404,
    "no revision": 404,
    "coverage of no year": 404,
    "no page": 404,
}


@contextmanager
def open_tab() -> Iterator[Page]:
    """Give a tab; one serves many visits, for a new one takes a second of CPU."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser.new_page()
        browser.close()
