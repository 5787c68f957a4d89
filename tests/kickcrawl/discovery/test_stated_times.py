"""Times that a list states for its articles."""

import lxml.html
import pytest

from kickcrawl.article import Moment
from kickcrawl.dates import parse_machine_time
from kickcrawl.discovery.stated_times import stated_times

URL = "https://warta.example/"
PANEN, HARGA = "https://warta.example/panen-raya", "https://warta.example/harga-cabai"
AT = "2026-09-03T06:02:31+08:00"
TIME = f'<time datetime="{AT}">3 September 2026</time>'


def times(body: str) -> dict[str, Moment]:
    root = lxml.html.document_fromstring(f"<html><body>{body}</body></html>")
    claims = stated_times(root, URL, (PANEN, HARGA))
    assert {claim.source for said in claims.values() for claim in said} <= {"listing"}
    return {address: claim.value for address, (claim,) in claims.items() if isinstance(claim.value, Moment)}


@pytest.mark.parametrize(
    "body",
    [
        f'<div><h2><a href="/panen-raya">Panen</a></h2><p>Teks</p><a href="/panen-raya">{TIME}</a></div>',
        f'<ul><li><h2><a href="/panen-raya">Panen</a></h2><p><a href="/penulis/a">A</a> {TIME}</p></li></ul>',
        f'<article><a href="/panen-raya"><img></a>{TIME}</article><article><a href="/harga-cabai">Harga</a></article>',
    ],
    ids=["the time is a link", "item of a list", "article element"],
)
def test_time_of_an_entry_is_its_articles(body: str) -> None:
    assert times(body) == {PANEN: parse_machine_time(AT, "UTC")}


@pytest.mark.parametrize(
    "body",
    [
        f'<div><a href="/panen-raya">Panen</a>{TIME}</div>',
        f'<li><a href="/panen-raya">Panen</a><a href="/harga-cabai">Harga</a>{TIME}</li>',
        f'<li><a href="/panen-raya">Panen</a>{TIME}<time datetime="2026-09-04T06:02:31+08:00">4 September</time></li>',
        '<li><a href="/panen-raya">Panen</a><time datetime="2026-09-03">3 September</time></li>',
        '<li><a href="/panen-raya">Panen</a><time datetime="2026-09-03T06:02:31Z">3 September</time></li>',
        f'<li><a href="/panen-raya">Panen</a>{TIME.replace("<time", "<time class=updated")}</li>',
        f'<li><a href="/panen-raya">Panen</a>{TIME.replace("<time", "<time class=post-date-updated")}</li>',
        f'<li><a href="/panen-raya">Panen</a>{TIME.replace("<time", "<time itemprop=dateModified")}</li>',
    ],
    ids=[
        "no item",
        "two articles",
        "two times",
        "a day",
        "no offset of the newsroom's",
        "a change",
        "class",
        "microdata",
    ],
)
def test_time_that_may_be_another_is_not_claimed(body: str) -> None:
    assert times(body) == {}
