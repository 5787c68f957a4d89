"""Marks of footnotes are no words of the text."""

import lxml.html
import pytest

from kickcrawl.body.footnotes import drop_note_marks
from kickcrawl.page.blocks import read_blocks
from kickcrawl.page.cuts import Cuts

URL = "https://warta.example/harga-cabai"


def left(fragment: str) -> list[str]:
    root = lxml.html.fragment_fromstring(fragment, create_parent="div")
    drop_note_marks(root, URL, Cuts())
    return [block.text for block in read_blocks(root)]


@pytest.mark.parametrize(
    "mark",
    [
        '<sup class="fn"><a href="#n1" id="r1">1</a></sup>',
        '<a href="#n1"><sup>[1]</sup></a>',
        f'<sup><a href="{URL}#n1">*</a></sup>',
        '<sup>[<a href="#n1">1</a>]</sup>',
        '<sup><a href="#n1">[catatan 1]</a></sup>',
        "<sup>[2]</sup>",
        '<a href="#_ftn1" name="_ftnref1">[1]</a>',
    ],
    ids=[
        "WordPress",
        "link around",
        "whole address",
        "brackets around",
        "a word in brackets",
        "no link",
        "word processor",
    ],
)
def test_mark_goes_and_the_figure_before_it_is_whole(mark: str) -> None:
    assert left(f"<p>Harganya Rp50{mark} juta.</p>") == ["Harganya Rp50 juta."]


@pytest.mark.parametrize("arrow", ["↩︎", "↩", "^", "↑ 2"])
def test_arrow_that_leads_back_goes_and_the_note_stays(arrow: str) -> None:
    assert left(f'<ol><li id="n1">Angka panitia. <a href="#r1">{arrow}</a></li></ol>') == ["Angka panitia."]


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ('<p>Luasnya <a href="#peta">2</a> hektare.</p>', "Luasnya 2 hektare."),
        ('<p><a href="#_ftnref1">[1]</a> Angka panitia.</p>', "[1] Angka panitia."),
        ("<p>Luasnya 120 m<sup>2</sup>.</p>", "Luasnya 120 m²."),
        ('<p>Jalan ke-<sup><a href="/jalan#3">3</a></sup></p>', "Jalan ke-3"),
        ('<p>Lihat <sup><a href="#peta">peta lengkap</a></sup></p>', "Lihat peta lengkap"),
    ],
    ids=["not raised", "the number of a note", "a power", "another page", "words"],
)
def test_other_links_to_a_place_on_the_page_stay(fragment: str, text: str) -> None:
    assert left(fragment) == [text]


def test_space_before_a_mark_goes_with_it_where_a_full_stop_follows() -> None:
    assert left(
        "<p>Harganya naik <sup>[4]</sup>. Air surut <b>lagi</b> <sup>[5]</sup>, kata warga <sup>[6]</sup> itu.</p>"
    ) == ["Harganya naik. Air surut lagi, kata warga itu."]


def test_mark_that_says_what_it_is_needs_not_be_raised() -> None:
    note = '<a href="#n1" role="doc-noteref">1</a>'
    assert left(f"<p>Harga Rp50{note} juta.</p>") == ["Harga Rp50 juta."]
    assert left('<p>Harga Rp50<span role="doc-noteref"><a href="#n1">1</a></span> juta.</p>') == ["Harga Rp50 juta."]
