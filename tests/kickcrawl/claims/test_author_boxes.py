"""Authors in a box of their own beside the article."""

import lxml.html
import pytest

from kickcrawl.article import SiteRules
from kickcrawl.claims.author_boxes import name_in_boxes, names_beside
from kickcrawl.page.parsed import page_of_tree

SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
ARTICLE = f"<article><h1>Panen Raya</h1><p>{'Warga memanen bawang. ' * 20}</p></article>"
SITI = "<div class='profile'><img><span><strong>Siti Rahma</strong><br>Wartawan</span></div>"


@pytest.mark.parametrize(
    ("beside", "names"),
    [
        pytest.param(f"<nav><div class='md-post__authors'>{SITI}</div></nav>", ["Siti Rahma"], id="with a role below"),
        pytest.param(
            f"<div class='post-authors'>{SITI}{SITI.replace('Siti Rahma', 'Lalu Jaya')}</div>",
            ["Siti Rahma", "Lalu Jaya"], id="two",
        ),
        pytest.param(
            "<div><p class=author>A. Amir</p></div><div><p class=author>B. Budi</p></div>", [], id="of several articles"
        ),
        pytest.param(f"<div class='author'>{'Siti menulis sejak 2012. ' * 20}</div>", [], id="a life"),
        pytest.param("<div class='authority'>Siti Rahma</div>", [], id="another word"),
        pytest.param("", [], id="none"),
    ],
)  # fmt: skip
def test_box_called_the_authors_beside_the_article_names_them(beside: str, names: list[str]) -> None:
    root = lxml.html.document_fromstring(f"<html><body><main>{beside}{ARTICLE}</main></body></html>")
    assert names_beside(page_of_tree(root, "https://warta.example/panen", SITE)) == names


def test_page_without_a_main_part_has_no_box_beside() -> None:
    root = lxml.html.document_fromstring(f"<html><body><div class='authors'>{SITI}</div>{ARTICLE}</body></html>")
    assert names_beside(page_of_tree(root, "https://warta.example/panen", SITE)) == []


def boxed(*boxes: str) -> tuple[str, ...]:
    prose = f"<p>{'Warga Sembalun menanam kopi di lereng, dan hasilnya dijual ke kota. ' * 30}</p>"
    html = f"<html><body><main><h1>Kopi Sembalun Laris</h1>{prose}{''.join(boxes)}</main></body></html>"
    return name_in_boxes(page_of_tree(lxml.html.document_fromstring(html), "https://warta.example/kopi", SITE))


BOX = '<div class="author-box"><h4 class="author-name">{}</h4><div class="author-bio">Menulis tentang kopi.</div></div>'


def test_one_name_in_all_boxes_of_authors_below_the_text_is_the_authors() -> None:
    assert boxed(BOX.format("Siti Rahma")) == ("Siti Rahma",)
    assert boxed(BOX.format("Siti Rahma"), '<span class="post-author">Siti Rahma</span>') == ("Siti Rahma",)


def test_boxes_of_several_names_or_of_none_are_not_asked() -> None:
    assert boxed(BOX.format("Siti Rahma"), BOX.format("Lalu Anom")) == ()
    assert boxed(BOX.format("tentang penulis")) == ()
    assert boxed(f"<ol class='comments'><li>{BOX.format('Siti Rahma')}</li></ol>") == ()
