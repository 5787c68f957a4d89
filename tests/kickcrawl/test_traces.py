"""Traces: a paragraph is found again in whatever bytes hold it, and nothing else is."""

import gzip
import html
import json
import zlib

import brotli
import pytest

from kickcrawl.traces import holds, number, paragraphs, share

TEXT = (
    "Mataram – Panen raya padi di Desa Sukarara, Lombok Tengah, dimulai Senin pagi “lebih awal” dari tahun lalu.\n\n"
    "Singkat saja.\n\nPetani & buruh tani berharap harga gabah tetap di atas Rp6.500 sampai akhir musim ini."
)
TRACES = frozenset(frozenset(map(number, part)) for part in paragraphs(TEXT))
PAGE = "".join(f"<p>{html.escape(part)}</p>" for part in TEXT.split("\n\n"))
FEED = f"<rss><item><content:encoded><![CDATA[{PAGE}]]></content:encoded></item></rss>"


def test_pieces_are_eight_words_of_one_paragraph() -> None:
    assert [[len(piece.split()) for piece in part] for part in paragraphs(TEXT)] == [[8, 8, 8], [8, 8]]
    assert list(paragraphs("Tujuh kata saja tidak cukup untuk ini.")) == []


def test_share_of_an_edited_text_is_that_of_its_pieces() -> None:
    assert share(TEXT, TRACES) == 1
    assert share(TEXT.replace("dimulai", "dibuka"), TRACES) == pytest.approx(3 / 5)
    assert share("Lain.", TRACES) == 0


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(PAGE, id="page"),
        pytest.param(PAGE.upper(), id="capitals"),
        pytest.param(PAGE.replace("Panen raya", "<b>Panen</b>\n <i>raya</i>"), id="tags within"),
        pytest.param(PAGE.replace("padi", "pa\u00addi"), id="soft hyphen"),
        pytest.param(FEED, id="feed, CDATA"),
        pytest.param(f"<entry><content>{html.escape(PAGE)}</content></entry>", id="feed, escaped"),
        pytest.param(json.dumps({"content": {"rendered": PAGE}}), id="REST"),
        pytest.param(json.dumps({"content": PAGE}).replace("/", "\\/").replace("<", "\\u003c"), id="REST, all escaped"),
        pytest.param(f"<script>{json.dumps({'articleBody': TEXT})}</script>", id="JSON-LD"),
        pytest.param(f'<meta name="description" content="{html.escape(TEXT)}">', id="attribute"),
        pytest.param(f"<p>2 < 3</p><!-- {TEXT} --><p>3 > 2</p>", id="comment"),
    ],
)
def test_text_is_found_in(body: str) -> None:
    assert holds(body.encode(), TRACES)


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(FEED.encode())),
        ("GZIP", gzip.compress(FEED.encode())),
        ("deflate", zlib.compress(FEED.encode())),
        ("deflate", zlib.compress(FEED.encode())[2:-4]),
        ("br", brotli.compress(FEED.encode())),
        ("br, gzip", gzip.compress(brotli.compress(FEED.encode()))),
    ],
)
def test_text_is_found_in_a_compressed_body(encoding: str, packed: bytes) -> None:
    assert holds(packed, TRACES, encoding)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<h1>Panen raya padi di Sukarara</h1>", id="headline"),
        pytest.param("<p>Mataram – Panen raya padi di Desa Sukarara ditunda sampai hari Kamis.</p>", id="other words"),
        pytest.param("<p>Mataram – Panen raya padi di Desa Sukarara, Lombok […]</p>", id="excerpt"),
        pytest.param("", id="nothing"),
        pytest.param("\x1f\x8b bukan gzip", id="no gzip"),
    ],
)
def test_other_text_is_not(body: str) -> None:
    assert not holds(body.encode(), TRACES, "gzip" if body.startswith("\x1f") else None)
