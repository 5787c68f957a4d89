"""What stands in the entry of a list, and so is another article's."""

import lxml.html
import pytest

from kickcrawl.page.entries import is_in_entry

URL = "https://warta.example/berita/panen-raya"
TIME = '<time datetime="2025-06-01">1 Juni 2025</time>'


def teased(html: str, url: str = URL) -> bool:
    root = lxml.html.document_fromstring(f"<html><body><main><h1>Panen Raya</h1>{html}</main></body></html>")
    return is_in_entry(next(root.iter("time")), url, {next(root.iter("main"))})


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(f'<ul><li><h2><a href="/foto">Foto</a></h2>{TIME}</li></ul>', id="a linked heading"),
        pytest.param(f'<div><a href="/pasar"><h3>Pasar Ikan Sepi</h3></a><p>{TIME}</p></div>', id="heading in a link"),
        pytest.param(f'<a href="/pasar">Pasar Ikan Kota Praya Sepi {TIME}</a>', id="a card"),
        pytest.param(f'<p><a href="/pasar">Pasar Ikan Kota Praya Sepi</a> {TIME}</p>', id="a linked line"),
        pytest.param(f'<li><h3><a href="/pasar">Pasar</a></h3><p>{"Sepi. " * 60}</p>{TIME}</li>', id="an excerpt"),
    ],
)
def test_day_beside_a_link_to_another_article_is_that_article_s(html: str) -> None:
    assert teased(html)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(f'<p><a href="/penulis/siti-rahma"><b>Siti Rahma binti Lalu Anom</b></a> {TIME}</p>', id="author"),
        pytest.param(f'<h4><a href="/author/siti">Siti Rahma</a></h4>{TIME}', id="author in a heading"),
        pytest.param(f'<p><a href="/berita">Berita dari Lombok Timur dan Sumbawa</a> {TIME}</p>', id="its section"),
        pytest.param(f'<h2><a href="{URL}/">Panen Raya</a></h2>{TIME}', id="the page itself"),
        pytest.param(f'<h2><a href="https://lain.example/x">Panen Raya</a></h2>{TIME}', id="another site"),
        pytest.param(f'<p>{TIME} {"Petani memanen. " * 9}<a href="/x">hasil musim yang lalu itu</a>.</p>', id="prose"),
        pytest.param(f'<div>{TIME}<h2><a href="/x">Lain</a></h2><p>{"Petani memanen. " * 60}</p></div>', id="article"),
    ],
)  # fmt: skip
def test_day_of_the_article_stays_its_own(html: str) -> None:
    assert not teased(html)


def test_entry_is_the_best_that_is_known_of_a_front_page() -> None:
    assert not teased(f'<li><h2><a href="/foto">Foto</a></h2>{TIME}</li>', url="https://warta.example/")
