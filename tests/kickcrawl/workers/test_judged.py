"""A page is read and judged in a worker, in one step."""

import asyncio

from kickcrawl.article import Article, Page, PageSource, Rejection, SiteRules
from kickcrawl.compare.near import fingerprint, lookup_keys
from kickcrawl.fingerprint import text_digest
from kickcrawl.workers.judged import Judged
from kickcrawl.workers.workers import Workers

SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
URL = "https://warta.example/panen-raya-bawang/"
PROSE = "".join(
    f"<p>Petani di lereng utara menanti hujan turun lebih awal tahun ini, kata warga ke-{n}.</p>" for n in range(9)
)


def judged(*, body: str = PROSE, native_id: str | None = None, keyed: bool = True) -> Judged:
    html = (
        f'<html><head><link rel="canonical" href="{URL}"><title>Panen raya bawang</title></head>'
        f'<body class="postid-17"><article class="post-17"><h1>Panen raya bawang</h1>{body}</article></body></html>'
    )
    source = PageSource(url=URL, body=html.encode(), content_type="text/html; charset=utf-8")
    page = Page(requested_url=URL, sources=(source,), site=SITE, native_id=native_id)

    async def read() -> Judged:
        workers = Workers(processes=1)
        try:
            return await workers.read(page, keyed=keyed)
        finally:
            workers.close()

    return asyncio.run(read())


def test_article_that_was_asked_for_is_what_was_read() -> None:
    page = judged()
    assert isinstance(page.result, Article)
    assert page.read is page.result
    assert page.lesson is not None
    assert page.lesson is page.result.reading
    digest = text_digest(page.result.title, page.result.text)
    assert page.lookup_keys == lookup_keys(fingerprint(page.result.text), digest)


def test_article_is_read_the_same_without_lookup_keys() -> None:
    page = judged(keyed=False)
    assert page.lookup_keys is None
    assert page.result == judged().result


def test_article_that_may_not_be_stored_is_still_told_as_it_was_read() -> None:
    page = judged(native_id="99")
    assert isinstance(page.read, Article)
    assert page.read.reading is not None
    assert isinstance(page.result, Rejection)
    assert page.result.reason == "other-article"
    assert page.lookup_keys is None
    assert page.lesson is None  # what was in doubt teaches no layout


def test_page_that_holds_no_article_is_rejected_as_it_was_read() -> None:
    page = judged(body="")
    assert isinstance(page.result, Rejection)
    assert page.read is page.result
