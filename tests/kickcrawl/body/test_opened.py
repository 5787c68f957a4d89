"""What a reader opens with a click is text."""

import lxml.html

from kickcrawl.body.opened import open_panels
from kickcrawl.page.blocks import read_blocks
from kickcrawl.page.cuts import Cuts


def opened(fragment: str) -> list[tuple[str, str]]:
    root = lxml.html.fragment_fromstring(fragment, create_parent="div")
    open_panels(root, Cuts())
    assert root.xpath(".//*[@hidden][@role='tabpanel']") == []
    return [(block.kind, block.text) for block in read_blocks(root)]


def test_panels_of_tabs_stand_under_the_words_on_their_tabs() -> None:
    tabs = (
        '<div role="tablist"><button role="tab" id="t0">Utara</button><button role="tab" id="t1">Selatan</button></div>'
        '<section hidden role="tabpanel" aria-labelledby="t0">Awal. <p>Di utara 118 karung.</p></section>'
        '<section hidden role="tabpanel" aria-labelledby="t1"><h3>Selatan</h3><p>Di selatan 41.</p></section>'
        '<section hidden role="tabpanel"><p>Di barat tidak ada.</p></section>'
    )
    assert opened(tabs) == [
        ("h", "Utara"), ("p", "Awal."), ("p", "Di utara 118 karung."), ("h", "Selatan"), ("p", "Di selatan 41."),
        ("p", "Di barat tidak ada."),
    ]  # fmt: skip


def test_question_of_an_accordion_is_a_heading() -> None:
    item = (
        '<h3><button aria-expanded="false"><span>Kapan dibuka?</span><span aria-hidden="true">+</span></button></h3>'
        "<div><p>Pekan depan.</p></div><p><button>Bagikan</button></p><h4>Jadwal <button>#</button></h4>"
    )
    assert opened(item) == [("h", "Kapan dibuka?"), ("p", "Pekan depan."), ("h", "Jadwal")]
