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


def test_panel_that_a_tab_of_bootstraps_shows_is_read() -> None:
    tabs = (
        '<ul><li><a data-toggle="tab" href="#utara">Utara</a></li><li><a data-toggle="tab" href="#timur">Timur</a></li>'
        '</ul><div id="utara"><p>Di utara terkumpul 118 karung gabah sejak awal pekan.</p></div>'
        '<div id="timur" style="display: none"><p>Di timur terkumpul 41 karung gabah sejak awal pekan.</p></div>'
    )
    root = lxml.html.fragment_fromstring(tabs, create_parent="div")
    open_panels(root, Cuts())
    assert [panel.get("style") for panel in root.iter("div")] == [None] * 3


def test_buttons_over_answers_are_questions_and_a_lone_one_is_none() -> None:
    answer = "<div>Bantuan beras dibagikan di kantor desa mulai hari Senin depan.</div>"
    questions = [("h", "Kapan dibagikan?"), ("p", "Bantuan beras dibagikan di kantor desa mulai hari Senin depan.")]
    assert opened(f"<button>Kapan dibagikan?</button>{answer}" * 2) == questions * 2
    assert opened(f"<button>Lanjut membaca</button>{answer}") == questions[1:]


def test_hidden_answer_of_a_question_is_shown() -> None:
    item = (
        '<h3><button aria-expanded="false" aria-controls="j1">Kapan dibuka?</button></h3>'
        '<div id="j1" role="region" hidden><p>Pekan depan.</p></div><div id="j2" hidden><p>Menu.</p></div>'
    )
    root = lxml.html.fragment_fromstring(item, create_parent="div")
    open_panels(root, Cuts())
    assert [node.get("id") for node in root.xpath(".//*[@hidden]")] == ["j2"]


def test_button_inside_of_a_sentence_is_a_word_of_it() -> None:
    assert opened("<p>Saluran <button>sekunder</button> di hilir, <button>Dusun Uji</button>, kering.</p>") == [
        ("p", "Saluran sekunder di hilir, Dusun Uji, kering.")
    ]
    assert opened("<p>Air surut. <button>Bagikan</button> Petani menunggu.</p>") == [
        ("p", "Air surut. Petani menunggu.")
    ]
