"""Pages that list articles are told by what they hold, on themes of every kind."""

import lxml.html
import pytest

from kickcrawl.page.list_page import read_listed

URL = "https://warta.example/kabar/tags/tenun/"
PROSE = "Warga Sembalun memanen bawang putih sejak pekan lalu dan menjualnya ke pasar induk. " * 2
WHOLE = f"<p>{PROSE}</p><h2>Menanti Keputusan</h2><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p>"


def entry(number: int, text: str = PROSE, tag: str = "h2") -> str:
    return (
        f"<article><time>1 Juli 2025</time><{tag}><a href='/kabar/kain-tua-{number}'>Kain Tua {number}</a></{tag}>"
        f"<p>{text}</p><a href='/kabar/kain-tua-{number}'>Lanjut membaca</a></article>"
    )


def overlaid(number: int) -> str:
    return (
        f"<article><header><h2>Kain Tua {number}</h2></header><p>{PROSE}</p><footer>1 Juli 2025</footer>"
        f"<a class='entry-link' aria-label='post link to Kain Tua' href='/kabar/kain-tua-{number}'></a></article>"
    )


def lines(count: int) -> str:
    return "".join(
        f"<li><time>1 Juli</time> <a href='/kabar/{n}'>Kain tua dipamerkan di alun-alun {n}</a></li>"
        for n in range(count)
    )


def listed(body: str, head: str = "") -> bool:
    return read_listed(
        lxml.html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"), URL
    ).is_list


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"<h1>Tenun</h1>{entry(1)}", id="one entry with an excerpt"),
        pytest.param(f"<h1>Tenun</h1>{entry(1)}{entry(2)}", id="two entries"),
        pytest.param(f"<h1>Tenun</h1><p>{PROSE}</p>{''.join(map(entry, range(6)))}", id="with a description"),
        pytest.param(
            "<h1>Tenun</h1><h2><a href='/kabar/a'>Kain Tua</a></h2><h2><a href='/kabar/b'>Pasar</a></h2>", id="bare"
        ),
        pytest.param(
            f"<h1>Warta</h1>{''.join(entry(n, WHOLE) for n in range(3))}", id="whole articles one below the other"
        ),
        pytest.param(f"<h1>2025</h1><ul>{lines(4)}</ul>", id="lines without headings"),
        pytest.param(
            f"<h1>Tenun</h1><a href='/kabar/a'><h3>Kain Tua</h3><p>{PROSE}</p></a>", id="links around entries"
        ),
        pytest.param(
            f"<header><a href='/'><img src='/logo.png'></a></header><h1>Tenun</h1>{entry(1)}"
            f"<footer><h4>Tentang kami</h4><p>{PROSE}</p><time>2025</time></footer>",
            id="with a head and a foot",
        ),
        pytest.param(f"<h1>Tenun</h1>{overlaid(1)}{overlaid(2)}", id="links without text over entries"),
        pytest.param(f"<h1>Tenun</h1>{entry(1)}<p>© 2025 Warta Uji. {PROSE}</p>", id="with a line of rights"),
    ],
)
def test_page_of_entries_is_a_list(body: str) -> None:
    assert listed(body)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"<h1>Kain Tua</h1><p>{PROSE}</p>{entry(1)}", id="article above a teaser"),
        pytest.param(f"<h1>Kain Tua</h1><time>1 Juli 2025</time><p>Singkat saja.</p>{entry(1)}{entry(2)}", id="brief"),
        pytest.param(
            f"<h1>Kain Tua</h1><p>Warta, 1 Juli 2025</p>{entry(1)}{entry(2)}", id="brief with a date in words"
        ),
        pytest.param(f"<h1>Kain Tua</h1><figure><img src='/kain.jpg'></figure>{entry(1)}", id="picture and a teaser"),
        pytest.param(f"{entry(1)}{entry(2)}<h1>Kain Tua</h1>{WHOLE}", id="article below teasers"),
        pytest.param(f"<h1>Kain Tua</h1>{WHOLE}{''.join(entry(n, PROSE * 2) for n in range(3))}", id="long excerpts"),
        pytest.param(
            f"<article><h2><a href='/kabar/tags/tenun'>Kain Tua</a></h2>{WHOLE}</article>", id="links to itself"
        ),
        pytest.param(f"<article><h2><a href='/kain-tua'>Kain Tua</a></h2>{WHOLE}</article>", id="only one, and whole"),
        pytest.param(f"<p>{PROSE}</p><aside>{entry(1)}{entry(2)}</aside>", id="entries in a sidebar"),
        pytest.param("<h1>Kain Tua</h1><ul><li><a href='/a'>Kain tua dipamerkan lagi</a></li></ul>", id="one line"),
        pytest.param(
            "<h2><a href='//['>Rusak</a></h2><h2><a href='https://lain.example/a'>Lain</a></h2>", id="elsewhere"
        ),
        pytest.param("", id="nothing"),
    ],
)
def test_page_with_something_of_its_own_is_no_list(body: str) -> None:
    assert not listed(body)


def test_headline_that_links_to_the_canonical_address_begins_no_entry() -> None:
    head = "<link rel=canonical href='https://warta.example/kain-tua'>"
    assert not listed(f"<h2><a href='/kain-tua'>Kain Tua</a></h2><p>{PROSE}</p>{entry(1, '')}", head)


@pytest.mark.parametrize(
    ("caption", "is_list"),
    [("Kain dari tahun 1920", False), ("<a href='/kabar/a'>Kain dari tahun 1920</a>", True), ("", True)],
)
def test_pictures_with_captions_of_their_own_are_an_article(caption: str, is_list: bool) -> None:
    frames = f"<figure><img src=/k.jpg><figcaption>{caption}</figcaption></figure>" * 3
    others = "".join(f"<h3><a href='/kabar/kain-tua-{n}'>Kain tua dipamerkan {n}</a></h3>" for n in range(4))
    assert listed(f"<h1>Kain Tua</h1>{frames}<div>{others}</div>") == is_list
