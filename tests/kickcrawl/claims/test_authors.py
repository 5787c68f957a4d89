"""Who wrote it: machines and the byline bear witness; an account, a firm or a plug-in's guess is nobody."""

import json
from typing import Any

import lxml.html
import pytest

from kickcrawl.article import Claim, SiteRules
from kickcrawl.claims.authors import part_accounts, signed_in_text, without_signature
from kickcrawl.claims.metadata import choose, disagreeing, read_claims
from kickcrawl.page.blocks import Block
from kickcrawl.page.parsed import page_of_tree

URL = "https://www.kabarselong.test/2025/07/harga-cabai-naik"
UNLISTED = SiteRules(slug="kabarselong.test", name="kabarselong.test", language="", timezone="UTC")
OWN = '<meta property="og:site_name" content="Kabar Selong">'


def ld(author: Any, kind: str = "Article") -> str:
    node = {"@type": kind, "headline": "Harga cabai naik", "author": author}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


def meta(name: str) -> str:
    return f'<meta name="author" content="{name}">'


def byline(name: str) -> str:
    return f'<p class="byline">{name}</p>'


def read(head: str, body: str = "") -> list[Claim]:
    page = f"<html><head>{OWN}{head}</head><body><article><h1>Harga cabai naik</h1>{body}</article></body></html>"
    return read_claims(page_of_tree(lxml.html.document_fromstring(page), URL, UNLISTED))


def chosen(head: str, body: str = "") -> tuple[str, Any] | None:
    claim = choose(read(head, body), "authors")
    return (claim.source, claim.value) if claim else None


def test_byline_names_the_author_where_no_machine_does() -> None:
    assert chosen("", byline("Oleh: Siti Rahma")) == ("byline", ("Siti Rahma",))


def test_line_of_authors_in_a_meta_tag_is_parted_into_names() -> None:
    assert chosen('<meta name="byl" content="By Siti Rahma and Lalu Anom">') == ("meta", ("Siti Rahma", "Lalu Anom"))


def test_machines_spelling_stays_where_the_byline_agrees() -> None:
    assert chosen(ld(person("Siti Rahma")), byline("SITI RAHMA")) == ("json-ld", ("Siti Rahma",))


def test_byline_wins_over_an_account_that_no_reader_sees_and_the_account_is_kept_as_doubt() -> None:
    claims = read(ld(person("Lalu Anom")) + meta("Lalu Anom"), byline("Siti Rahma"))
    verdict = choose(claims, "authors")
    assert verdict == Claim(field="authors", value=("Siti Rahma",), source="byline")
    doubts = [(doubt.source, doubt.value) for doubt in disagreeing(claims, [verdict])]
    assert doubts == [("json-ld", ("Lalu Anom",)), ("meta", ("Lalu Anom",))]


def test_machine_wins_over_a_byline_where_its_author_stands_on_the_page_too() -> None:
    assert chosen(ld(person("Lalu Anom")), byline("Siti Rahma") + "<p>Lalu Anom melaporkan.</p>") == (
        "json-ld",
        ("Lalu Anom",),
    )


def test_byline_wins_over_the_sites_own_name() -> None:
    for head in (ld(person("Kabar Selong")), meta("Kabar Selong"), ld(person("Kabar Selong"), "NewsArticle")):
        assert chosen(head, byline("Siti Rahma") + "<p>Kabar Selong</p>") == ("byline", ("Siti Rahma",))


@pytest.mark.parametrize(
    ("head", "body", "source"),
    [
        pytest.param(ld(person("Siti Rahma")), "", None, id="nothing else"),
        pytest.param(ld(person("Siti Rahma"), "NewsArticle"), "", "json-ld", id="it is news"),
        pytest.param(ld(person("Siti Rahma")) + meta("Siti Rahma"), "", "json-ld", id="a meta tag"),
        pytest.param(ld(person("Siti Rahma")), "<p>Siti Rahma meliput pasar.</p>", "json-ld", id="the text"),
        pytest.param(ld(person("Siti Rahma")), "<p>SITI RAHMA</p>", "json-ld", id="the text in capitals"),
        pytest.param(ld(person("Siti Rahma")), "<script>'Siti Rahma'</script>", None, id="a script is no witness"),
        pytest.param(meta("Siti Rahma"), "", "meta", id="a meta tag alone is believed"),
    ],
)
def test_name_in_json_ld_needs_a_witness_unless_it_is_news(head: str, body: str, source: str | None) -> None:
    assert chosen(head, body) == ((source, ("Siti Rahma",)) if source else None)


def test_name_that_stands_behind_the_end_of_the_document_is_a_witness() -> None:
    end, machine = "<p>Padi.</p></article></body></html><body>", ld(person("Rudi Hartono"))
    assert chosen(machine, f"{end}<p>Rudi Hartono</p></body>") == ("json-ld", ("Rudi Hartono",))
    assert chosen(machine, f"{end}<p>Lalu Anom</p></body>") is None


@pytest.mark.parametrize(
    ("head", "body", "is_author"),
    [
        pytest.param(ld(person("Kabar Selong")), "<p>Kabar Selong ada di mana-mana.</p>", False, id="JSON-LD alone"),
        pytest.param(meta("Kabar Selong"), "<p>Kabar Selong ada di mana-mana.</p>", False, id="a meta tag alone"),
        pytest.param(ld(person("Kabar Selong")) + meta("Kabar Selong"), "", True, id="both"),
        pytest.param(ld(person("Kabar Selong"), "NewsArticle"), "", True, id="a newsroom's news"),
        pytest.param(meta("Kabar Selong"), "<div><p>Oleh Kabar Selong</p></div>", True, id="signed at the headline"),
    ],
)
def test_sites_own_name_is_an_author_only_where_it_signs(head: str, body: str, is_author: bool) -> None:
    found = chosen(head, body)
    assert (found is not None and found[1] == ("Kabar Selong",)) is is_author


def test_publisher_in_json_ld_is_a_name_of_the_site() -> None:
    node = {"@type": "Article", "author": person("Dinas X"), "publisher": {"@type": "Organization", "name": "Dinas X"}}
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    assert chosen(head, "<p>Menurut Dinas X, harga naik.</p>") is None


def test_site_beside_people_is_no_author() -> None:
    assert chosen(ld([person("Siti Rahma"), person("Kabar Selong")], "NewsArticle")) == ("json-ld", ("Siti Rahma",))


@pytest.mark.parametrize(
    "name", ["PT Kabar Selong Media", "Warta Selong Inc", "(Foto: Siti Rahma)", "desain: Siti Rahma"]
)
def test_firm_caption_and_label_are_no_authors(name: str) -> None:
    assert chosen(meta(name)) is None


def test_organization_in_json_ld_is_not_parted() -> None:
    agency = {"@type": "Organization", "name": "Dinas Kelautan dan Perikanan"}
    assert chosen(ld(agency, "NewsArticle")) == ("json-ld", ("Dinas Kelautan dan Perikanan",))


def test_article_that_a_web_page_is_about_is_read() -> None:
    node = {"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "author": person("Siti Rahma")}}
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    assert chosen(head) == ("json-ld", ("Siti Rahma",))


def test_name_under_written_by_in_a_preview_is_an_author() -> None:
    label = '<meta name="twitter:label1" content="Ditulis oleh"><meta name="twitter:data1" content="Siti Rahma">'
    assert chosen(label) == ("meta", ("Siti Rahma",))
    assert chosen(label.replace("Ditulis oleh", "Waktu baca")) is None


def test_link_to_all_stories_of_somebody_is_no_second_author() -> None:
    links = '<i class="author"><a href="/author/s">Siti Rahma</a></i><i class="author"><a href="/author/s">{}</a></i>'
    claims = read("", links.format("Semua tulisan Siti Rahma"))
    assert [claim.value for claim in claims if claim.field == "authors"] == [("Siti Rahma",)]


def test_what_somebody_is_stands_not_among_the_names() -> None:
    long = "Guru Besar Ilmu Ekonomi Pembangunan pada Fakultas Ekonomi Universitas Selong"
    assert chosen(ld([person("Siti Rahma"), person(long)], "NewsArticle")) == ("json-ld", ("Siti Rahma",))


@pytest.mark.parametrize(
    ("account", "people"),
    [
        ("Lalu Anom Kusuma, Siti Rahma", ("Lalu Anom Kusuma", "Siti Rahma")),
        ("Lalu Anom dan Siti Rahma", ("Lalu Anom", "Siti Rahma")),
        ("Siti Rahma, S.Pd., M.Si", ("Siti Rahma, S.Pd., M.Si",)),
        ("Dinas Kelautan dan Perikanan", ("Dinas Kelautan dan Perikanan",)),
        ("Kusuma, Arya", ("Kusuma, Arya",)),
        ("Redaksi, Mataram", ("Redaksi, Mataram",)),
    ],
)
def test_account_of_two_is_two_people(account: str, people: tuple[str, ...]) -> None:
    title = Claim(field="title", value="Lalu Anom, Siti Rahma", source="rest")
    claims = (title, Claim(field="authors", value=(account,), source="rest"))
    assert part_accounts(claims) == (title, Claim(field="authors", value=people, source="rest"))


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (["Penulis: Lalu Anom dan Siti Rahma"], ("Lalu Anom", "Siti Rahma")),
        (["Oleh: Siti Rahma", "(sr)"], ("Siti Rahma",)),
        (["Editor: Siti Rahma"], ()),
        (["Penulis: dua orang yang tidak mau disebut"], ()),
        (["Katanya: Siti Rahma"], ()),
        (["Penulis: Siti Rahma", "Satu.", "Dua.", "Tiga."], ()),
    ],
)
def test_line_at_the_end_of_the_text_signs_it(lines: list[str], people: tuple[str, ...]) -> None:
    assert signed_in_text(["Warga panen raya.", *lines]) == people


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("Penulis: Siti Rahma", False),
        ("Penulis: Lalu Anom dan Siti Rahma", False),
        ("Penulis: Made Astawa", True),
        ("Penulis buku itu: Siti Rahma", True),
        ("Penulis: Siti Rahma, yang tinggal di Mataram, sudah lama menulis.", True),
    ],
)
def test_line_that_only_names_the_authors_is_no_text(line: str, stays: bool) -> None:
    blocks = [Block("p", "Warga panen raya."), Block("p", line), Block("p", "(sr)")]
    kept = without_signature(blocks, ("Siti Rahma", "Lalu Anom"))
    assert kept == (blocks if stays else [blocks[0], blocks[2]])


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("Laporan Wartawan Warta Uji, Siti Rahma dan Lalu Anom", False),
        ("Oleh Siti Rahma & Lalu Anom, Senin, 14 Juli 2025 - 09:30", False),
        ("Oleh: Siti Rahma", True),
        ("Laporan Siti Rahma dan Lalu Anom dibacakan di balai desa", True),
        ("Siti Rahma dan Lalu Anom", True),
    ],
)
def test_line_at_the_beginning_that_names_all_authors_is_no_text(line: str, stays: bool) -> None:
    blocks = [Block("p", line), *[Block("p", "Warga panen raya.")] * 4]
    kept = without_signature(blocks, ("Siti Rahma", "Lalu Anom"))
    assert kept == (blocks if stays else blocks[1:])


@pytest.mark.parametrize(
    "line",
    [
        '<div><i class="fa fa-user"></i> Siti Rahma <i class="fa fa-clock-o"></i> 14 Juli 2025</div>',
        '<ul><li><i class="bi bi-person"></i> <a href="/redaksi/siti">Siti Rahma</a></li><li>14 Juli 2025</li></ul>',
        '<div><span class="icon-author"></span>Siti Rahma | 14 Juli 2025</div>',
    ],
)
def test_name_behind_the_icon_of_a_person_signs(line: str) -> None:
    assert chosen("", line) == ("byline", ("Siti Rahma",))


@pytest.mark.parametrize(
    "line",
    [
        '<div><i class="fa fa-user-plus"></i> Daftar Gratis</div>',
        '<div><i class="fa fa-user"></i> masuk ke akun</div>',
        '<div><i class="fa fa-map"></i> Praya Barat</div>',
    ],
)
def test_words_behind_another_icon_or_that_are_no_name_do_not_sign(line: str) -> None:
    assert chosen("", line) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("<p>Artikel ini ditulis oleh Siti Rahma, mahasiswa Universitas Mataram</p>", ("Siti Rahma",)),
        ("<div>Tulisan ini ditulis oleh Siti Rahma dan Lalu Anom.</div>", ("Siti Rahma", "Lalu Anom")),
        ("<div>This post was written by Siti Rahma, head of marketing</div>", ("Siti Rahma",)),
        ("<h3>Ditulis oleh Siti Rahma</h3>", ("Siti Rahma",)),
    ],
)
def test_sentence_below_the_text_says_who_wrote(line: str, names: tuple[str, ...]) -> None:
    prose = f"<p>{'Harga cabai naik karena hujan turun lebih awal, kata pedagang di pasar. ' * 30}</p>"
    assert chosen("", prose + line) == ("byline", names)


def test_label_is_no_part_of_the_name_in_a_link_to_its_page() -> None:
    assert chosen("", '<p><a href="/penulis/siti">Oleh Siti Rahma</a></p>') == ("byline", ("Siti Rahma",))


def test_meta_tag_of_who_made_the_site_names_no_author() -> None:
    made = meta("isi: Kabar Selong, desain: Lalu Anom, Lotim Digital")
    assert chosen(made, byline("Siti Rahma")) == ("byline", ("Siti Rahma",))
    assert chosen(made) is None


def test_account_with_the_name_of_the_site_is_nobody() -> None:
    assert chosen("", byline("Oleh Kabar Selong Tim Redaksi")) is None
    assert chosen("", byline("Oleh Kabar Selong")) == ("byline", ("Kabar Selong",))


def test_handle_that_only_the_host_spells_so_is_nobody() -> None:
    account = ld(person("kabarselong")) + meta("kabarselong")
    assert chosen(account) is None
    assert chosen(account + '<meta name="application-name" content="kabarselong">') == ("json-ld", ("kabarselong",))
