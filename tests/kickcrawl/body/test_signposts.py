"""Lists of tags and links to the neighbouring articles are no text; a journalist's list of links is."""

import pytest

from kickcrawl.body.signposts import without_signposts
from kickcrawl.page.blocks import Block, Kind, Link

TEXT = Block("p", "Warga Sembalun memanen bawang putih sejak pekan lalu dan menjualnya ke pasar induk.")


def linked(text: str, href: str = "/kabar/lain", kind: Kind = "li") -> Block:
    label = text.strip("←→» ")
    return Block(kind, text, (Link(label, href),))


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param(
            [TEXT, Block("p", "Tags:"), linked("Banjir", "/tags/banjir/"), linked("Pasar", "/tags/pasar/")], id="list"
        ),
        pytest.param([TEXT, linked("Banjir", "/kabar/tag/banjir"), linked("Pasar", "/kabar/tag/pasar")], id="no label"),
        pytest.param(
            [TEXT, Block("p", "Topik"), linked("Banjir", "/b/12"), linked("Panen Raya", "/b/13")], id="told by label"
        ),
        pytest.param(
            [TEXT, Block("p", "Tags: Banjir, Pasar", (Link("Banjir", "/tag/banjir"), Link("Pasar", "/tag/pasar")))],
            id="in one line",
        ),
        pytest.param([TEXT, Block("p", "Tags: banjir, panen raya, pasar")], id="without links"),
        pytest.param([linked("Ekonomi", "/kategori/ekonomi", "p"), TEXT], id="category above the text"),
        pytest.param([TEXT, linked("← Jalan Lingkar Utara Rusak")], id="the article before"),
        pytest.param([TEXT, linked("Listrik Padam Sembilan Jam →", kind="p")], id="the article after"),
        pytest.param([linked("« Sebelumnya", kind="p"), TEXT, linked("Selanjutnya »", kind="p")], id="above and below"),
        pytest.param(
            [TEXT, Block("p", "Previous post: Harga Cabai Naik", (Link("Harga Cabai Naik", "/a"),))],
            id="labelled in words",
        ),
        pytest.param([TEXT, linked("Older: Harga Cabai Naik", kind="h")], id="label in the link"),
        pytest.param([TEXT, linked("Return to blog", "/kabar/", "p")], id="the list above"),
        pytest.param([TEXT, linked("Kembali ke beranda", "../../", "p")], id="the front page"),
    ],
)
def test_what_only_leads_on_is_left_out(blocks: list[Block]) -> None:
    assert without_signposts(blocks, "https://warta.example/kabar/panen") == [TEXT]


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param([TEXT, linked("Laporan lengkap BPBD", "/unduh/laporan")], id="a link below the text"),
        pytest.param(
            [TEXT, Block("p", "Baca di → laman dinas.", (Link("laman dinas", "/dinas"),))], id="an arrow in a sentence"
        ),
        pytest.param([TEXT, linked("Jalan Lingkar Utara Rusak ←"), TEXT], id="an arrow of another sense"),
        pytest.param([TEXT, Block("p", "Topik: warga meminta jalan itu diperbaiki sebelum hujan.")], id="a sentence"),
        pytest.param(
            [TEXT, Block("p", "Lihat Pasar untuk harga hari ini.", (Link("Pasar", "/tag/pasar"),))],
            id="a tag in a sentence",
        ),
        pytest.param(
            [TEXT, linked("Ketel air", "https://toko.example/ketel?tag=warta-20"), TEXT], id="a shop's own tag"
        ),
        pytest.param([TEXT, Block("li", "Banjir"), Block("li", "Pasar")], id="a list without links"),
        pytest.param([TEXT, linked("Laporan BPBD", "/kab/", "p")], id="a page beside"),
        pytest.param([TEXT, linked("Laporan BPBD", "/kabar/?unduh=1", "p")], id="a file of the list"),
        pytest.param([TEXT, linked("Laporan BPBD", "https://bpbd.example/", "p")], id="another site's front page"),
        pytest.param([linked("Kabar warga", "/kabar/", "p"), TEXT], id="a link to the list above the text"),
        pytest.param([], id="nothing"),
    ],
)
def test_what_was_written_stays(blocks: list[Block]) -> None:
    assert without_signposts(blocks, "https://warta.example/kabar/panen") == blocks
