"""Lists of other posts in an article give their headlines, and no text."""

import lxml.html
import pytest

from kickcrawl.article import SiteRules
from kickcrawl.body.other_articles import reduce_entries
from kickcrawl.page.blocks import read_blocks
from kickcrawl.page.cuts import Cuts
from kickcrawl.page.parsed import page_of_tree

SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
TITLE = "Jembatan Bambu di Hulu Sungai Diganti"
TEXT = "Petani di Jonggat memanen padi lebih awal karena hujan turun sejak awal Oktober, kata ketua kelompok tani."
EXCERPT = "Warga dua dusun mengganti jembatan bambu yang lapuk dengan beton."


def read(entry: str) -> list[str]:
    html = f"<html><body><main><h1>Panen Raya</h1><div><p>{TEXT}</p>{entry}</div></main></body></html>"
    page = page_of_tree(lxml.html.document_fromstring(html), "https://warta.example/panen", SITE)
    reduce_entries(page, Cuts())
    return [block.text for block in read_blocks(page.scope)][2:]


@pytest.mark.parametrize(
    "entry",
    [
        f'<li class="wp-block-post"><h2><a href="/jembatan">{TITLE}</a></h2><p>{EXCERPT}</p></li>',
        f'<div><h4><a href="/jembatan">{TITLE}</a></h4><p>{EXCERPT} <a href="/jembatan">Selengkapnya</a></p></div>',
        f'<div><h4><a href="/jembatan">{TITLE}</a></h4><p>{EXCERPT} Kini&hellip;</p></div>',
    ],
    ids=["class of a post", "a link to more", "breaks off"],
)
def test_excerpt_of_another_article_is_no_text(entry: str) -> None:
    assert read(entry) == [TITLE]


def test_chapters_of_a_guide_stay() -> None:
    item = f'<li><h4><a href="/bab-{{}}">{TITLE}</a></h4><p>{EXCERPT}</p></li>'
    assert read(f"<ul>{''.join(map(item.format, range(3)))}</ul>") == [TITLE, EXCERPT] * 3


def test_section_of_the_article_under_a_heading_that_links_stays() -> None:
    assert read(f'<div><h4><a href="/jembatan">{TITLE}</a></h4><p>{EXCERPT}</p></div>') == [TITLE, EXCERPT]
