"""Authors in a box of their own beside the article."""

import lxml.html
import pytest

from kickcrawl.article import SiteRules
from kickcrawl.claims.author_boxes import names_beside
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
