"""Teasers: other articles in the text are told by how they link; links that are the article's own stay."""

import lxml.html
import pytest

from kickcrawl.article import RelatedLink
from kickcrawl.body.teasers import article_links, find_teasers
from kickcrawl.page.blocks import read_blocks

HEADLINE = "Jalan kebun mulai diperkeras"
LINK = f"<a href='/jalan-kebun'>{HEADLINE}</a>"
OPENING = "Petani memetik buah kopi yang merah saja."
CLOSING = "Panen berlangsung sampai bulan Agustus."
NEWS = "".join(
    f"<li><a href='/cerita-{n}'>{headline}</a></li>"
    for n, headline in enumerate(
        ["Embung desa mulai terisi air", "Pasar pindah ke lapangan", "Murid membuat pupuk daun"]
    )
)
VILLAGES = "".join(
    f"<li><a href='/desa/{name.lower()}'>{name}</a></li>" for name in ("Sajang", "Sapit", "Bilok Petung")
)


def teased(page: str) -> tuple[list[list[RelatedLink] | None], list[str]]:
    """Return what the blocks of *page* tease, and the texts of those that are the article's own."""
    blocks = read_blocks(lxml.html.fragment_fromstring(page, create_parent="div"))
    linked = [article_links(block, "https://warta.example/panen-kopi") for block in blocks]
    found = find_teasers(blocks, linked)
    return found, [block.text for block, links in zip(blocks, found, strict=True) if links is None]


@pytest.mark.parametrize(
    "teaser",
    [
        pytest.param(f"<p>{LINK}</p>", id="linked headline"),
        pytest.param(f"<h3>{LINK}</h3>", id="in a heading"),
        pytest.param(f"<blockquote>{LINK}</blockquote>", id="in a quotation"),
        pytest.param(f"<p>{LINK}</p>" * 2, id="twice"),
        pytest.param("<a href='/jalan-kebun'><h4>Jalan kebun</h4><p>Hari ini</p></a>", id="card of few words"),
        pytest.param(f"<h3>{LINK}</h3><p>Batu mulai ditebar. <a href='/jalan-kebun'>Selengkapnya</a></p>",
                     id="headline and text that leads on"),
        pytest.param(f"<p>Kabar kebun:</p><p>{LINK}</p>", id="label with a colon"),
        pytest.param(f"<p>Kabar kebun:</p><ul>{NEWS}</ul>", id="list under a label"),
        pytest.param(f"<ul><li><a href='/jalan-kebun'>{HEADLINE} | mehr</a></li></ul>", id="item that leads on"),
        pytest.param(f"<ul><li><a href='/jalan-kebun'>{HEADLINE} → Selengkapnya</a></li></ul>", id="by an arrow"),
    ],
)  # fmt: skip
def test_blocks_that_only_lead_to_another_article_are_teasers_between_paragraphs(teaser: str) -> None:
    found, own = teased(f"<p>{OPENING}</p>{teaser}<p>{CLOSING}</p>")
    assert own == [OPENING, CLOSING]
    assert any(found)


@pytest.mark.parametrize(
    "teaser",
    [
        pytest.param(f"<ul>{NEWS}</ul>", id="list of headlines"),
        pytest.param(f"<h3>Berita lain</h3><ul>{NEWS}</ul>", id="list under a heading"),
        pytest.param(f"<h3>Berita lain</h3><p>{LINK}</p>", id="headline under a heading"),
        pytest.param(f"<h3>Kabar</h3><h4>{LINK}</h4><h3>Berita lain</h3><ul>{NEWS}</ul>", id="one after the other"),
    ],
)
def test_teasers_behind_the_article_go_with_their_headings(teaser: str) -> None:
    assert teased(f"<p>{OPENING}</p><p>{CLOSING}</p>{teaser}")[1] == [OPENING, CLOSING]


@pytest.mark.parametrize(
    ("fragment", "own"),
    [
        pytest.param(f"<p>{LINK}, kata kepala desa.</p>", [f"{HEADLINE}, kata kepala desa."], id="link in a sentence"),
        pytest.param("<p><a href='/baiq'>Baiq Hidayati</a></p>", ["Baiq Hidayati"], id="linked name"),
        pytest.param(f"<ul>{VILLAGES}</ul>", ["Sajang", "Sapit", "Bilok Petung"], id="list of places"),
        pytest.param(f"<p>Tiga desa itu adalah:</p><ul>{VILLAGES}</ul>",
                     ["Tiga desa itu adalah:", "Sajang", "Sapit", "Bilok Petung"], id="list of places under a label"),
        pytest.param(f"<p>Sumber kami.</p><ul>{NEWS}</ul>",
                     ["Sumber kami.", "Embung desa mulai terisi air", "Pasar pindah ke lapangan",
                      "Murid membuat pupuk daun"], id="list of headlines behind a sentence"),
        pytest.param(f"<ul><li>{LINK}</li></ul>", [HEADLINE], id="single item"),
        pytest.param(f"<p>Tautan:</p><ul><li>{LINK}</li></ul>", ["Tautan:", HEADLINE], id="single item under a label"),
        pytest.param(f"<h3>Panen pun tiba!</h3><p>{LINK}</p><h3>Harga kopi</h3>", ["Panen pun tiba!", "Harga kopi"],
                     id="heading that is a sentence"),
        pytest.param("<p>Batu ditebar. <a href='/jalan-kebun'>Selengkapnya</a></p>", ["Batu ditebar. Selengkapnya"],
                     id="text that leads to what was not teased"),
        pytest.param("<ul><li><a href='/lelang'>Lelang kopi | Sajang</a></li></ul>", ["Lelang kopi | Sajang"],
                     id="bar before a place"),
        pytest.param("<p><a href='https://kabar.example/x'>Laporan lengkap lembaga lain</a></p>",
                     ["Laporan lengkap lembaga lain"], id="link to another site"),
        pytest.param("<p><a href='/panen-kopi#foto'>Lihat semua foto panen</a></p>", ["Lihat semua foto panen"],
                     id="link to the article itself"),
    ],
)  # fmt: skip
def test_links_and_headings_that_are_the_articles_own_stay(fragment: str, own: list[str]) -> None:
    assert teased(f"<p>{OPENING}</p>{fragment}<p>{CLOSING}</p>")[1] == [OPENING, *own, CLOSING]


SENTENCE = (
    "Ketua kelompok tani, yang ditemui di gudang pada hari Sabtu, berkata bahwa harga kopi merah naik lagi pekan ini."
)


def test_linked_sentence_between_paragraphs_is_the_articles_own() -> None:
    linked = f"<p><a href='/harga-kopi'>{SENTENCE}</a></p>"
    assert teased(f"<p>{OPENING}</p>{linked}<p>{CLOSING}</p>")[1] == [OPENING, SENTENCE, CLOSING]
    assert teased(f"<p>{OPENING}</p><p>{CLOSING}</p>{linked}")[1] == [OPENING, CLOSING]  # behind the text
    card = f"<p><a href='/harga-kopi'>Harga kopi merah naik lagi</a></p>{linked}"
    assert teased(f"<p>{OPENING}</p>{card}<p>{CLOSING}</p>")[1] == [OPENING, CLOSING]


def test_heading_over_text_that_goes_on_behind_a_teaser_stays() -> None:
    _, own = teased(f"<p>{OPENING}</p><h3>Menjelang Agustus</h3><p>{LINK}</p><p>{CLOSING}</p>")
    assert own == [OPENING, "Menjelang Agustus", CLOSING]


def test_teaser_says_where_it_leads_and_its_label_leads_nowhere() -> None:
    found, _ = teased(f"<p>{OPENING}</p><h3>Berita lain</h3><h4>{LINK}</h4>")
    assert found == [None, [], [RelatedLink(url="https://warta.example/jalan-kebun", title=HEADLINE)]]


def test_text_that_leads_on_is_a_teaser_only_while_it_is_short() -> None:
    sentence = "Batu ditebar warga di jalan kebun yang menanjak."
    for times, own in ((6, []), (9, [f"{' '.join([sentence] * 9)} Lanjut"])):
        text = " ".join([sentence] * times)
        page = f"<p>{OPENING}</p><p>{LINK}</p><p>{text} <a href='/jalan-kebun'>Lanjut</a></p><p>{CLOSING}</p>"
        assert teased(page)[1] == [OPENING, *own, CLOSING]


def test_a_heading_over_a_list_of_other_articles_goes_with_it_though_text_follows() -> None:
    _, own = teased(f"<p>{OPENING}</p><h4>Terkait</h4><ul>{NEWS}</ul><p>{CLOSING}</p>")
    assert own == [OPENING, CLOSING]
