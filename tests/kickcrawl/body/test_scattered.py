"""Scattered articles: paragraphs among other things are read by their paths, once pages have taught these."""

from dataclasses import replace

import lxml.html
import pytest
from lxml.html import HtmlElement

from kickcrawl.article import Article, Page, PageSource, SiteRules
from kickcrawl.body.learned_layouts import MIN_AGREEING_PAGES, Layouts
from kickcrawl.body.scattered import find_scattered, fits, read_scattered
from kickcrawl.extract import extract
from kickcrawl.reading import Reading, ScatteredPaths

SITE = SiteRules(slug="suara", name="Suara Sembalun", language="id", timezone="Asia/Makassar")
TEXT = [
    f"Perajin {thing} di kaki gunung menambah pekerja karena pesanan dari luar pulau naik dua kali lipat sejak "
    f"pameran bulan lalu, dan kini mereka mengirim {thing} dengan kapal setiap Senin pagi dari pelabuhan lama."
    for thing in ("gerabah", "anyaman", "tenun", "ukiran", "mutiara", "bambu", "kopi", "rotan")
]
OTHERS = [
    f"Kabar dari {place}: pembaca mengirim foto dan cerita tentang pasar, sungai dan jalan kampung yang berubah; "
    "redaksi memilih yang terbaik untuk halaman akhir pekan."
    for place in ("Pringgasela", "Suralaga", "Wanasaba", "Jerowaru", "Keruak", "Sakra", "Terara", "Sikur")
]


def markup(number: int, *, more: str = "") -> str:
    """Return article *number*: modules of a paragraph each, teasers of as many words as the article between them."""
    modules = [
        f"<div class='modul'><div class='inhalt'><p class='teks'>{text} Hari ke-{number}.</p></div></div>"
        f"<div class='modul'><a class='geser' href='/lain-{n}'><span>{other}</span></a></div>"
        for n, (text, other) in enumerate(zip(TEXT, OTHERS, strict=True))
    ]
    return (
        f"<html><head><title>Perajin {number}</title></head><body><div class='halaman'>"
        f"<div class='modul'><h1>Perajin menambah pekerja, hari ke-{number}</h1></div>{''.join(modules)}{more}"
        "</div></body></html>"
    )


def page(number: int, *, more: str = "") -> Page:
    url = f"https://suara.example/perajin-{number}"
    return Page(requested_url=url, sources=(PageSource(url=url, body=markup(number, more=more).encode()),), site=SITE)


def told(number: int) -> list[str]:
    return [f"{text} Hari ke-{number}." for text in TEXT]


def scope(number: int = 1, *, more: str = "") -> HtmlElement:
    return lxml.html.document_fromstring(markup(number, more=more)).find("body")


def read(page: Page, layouts: Layouts) -> Article:
    """Read *page* as a crawl does."""
    trusted, check = layouts.plan("suara")
    article = extract(replace(page, layouts=trusted, check=check))
    assert isinstance(article, Article)
    assert article.reading is not None
    layouts.learn("suara", article.reading)
    return article


def learned() -> Layouts:
    layouts = Layouts()
    for number in range(MIN_AGREEING_PAGES):
        assert read(page(number), layouts).text.split("\n\n") == told(number)
    assert [layout.scattered.text for layout in layouts.plan("suara")[0]] == [{"html/body/div/div/div/p.teks"}]
    return layouts


def test_paths_of_the_found_text_are_told_from_those_of_other_things() -> None:
    holder, paths = find_scattered(scope(), told(1)) or pytest.fail("not found")
    assert holder.get("class") == "halaman"
    assert paths == ScatteredPaths(
        frozenset(["html/body/div/div/div/p.teks"]), frozenset(["html/body/div/div/h1", "html/body/div/div.modul"])
    )
    assert [block.text for block in read_scattered(holder, paths)] == told(1)
    assert fits(holder, paths)


def test_path_at_which_most_is_of_other_things_is_no_path_of_the_text() -> None:
    assert find_scattered(scope(), [TEXT[0] + " Hari ke-1.", *OTHERS[:1]]) is None


def test_paths_that_give_too_much_or_too_little_teach_nothing() -> None:
    crowded = scope(more="".join(f"<div><div><p class='teks'>{other}</p></div></div>" for other in OTHERS[:2]))
    assert find_scattered(crowded, told(1)) is None
    assert (
        find_scattered(scope(), [*told(1), "Kalimat yang tidak berdiri di halaman ini, panjangnya cukup. " * 3]) is None
    )
    assert find_scattered(scope(), []) is None


def test_short_line_of_the_text_teaches_its_path_and_not_where_the_article_is() -> None:
    page = scope(more="<div class='modul'><p class='anak'>Pasar ekspor</p></div>")
    page.append(lxml.html.fragment_fromstring("<footer><p>Pasar ekspor</p></footer>"))
    holder, paths = find_scattered(page, [*told(1), "Pasar ekspor"]) or pytest.fail("not found")
    assert holder.get("class") == "halaman"
    assert "html/body/div/div/p.anak" in paths.text


def test_article_among_other_things_is_read_by_its_paths_once_pages_agree() -> None:
    layouts = learned()
    read(page(50), layouts)  # the first that could be served is a check
    article = read(page(51), layouts)
    assert article.reading is not None
    assert not article.reading.in_full
    assert article.text.split("\n\n") == told(51)
    assert replace(article, reading=None) == replace(extract_in_full(51), reading=None)


def extract_in_full(number: int) -> Article:
    article = extract(page(number))
    assert isinstance(article, Article)
    return article


def test_paragraph_at_a_path_that_no_page_has_taught_is_not_lost_and_is_known_from_then_on() -> None:
    layouts = learned()
    read(page(50), layouts)
    closing = "Ketua perkumpulan perajin berharap jalan ke pelabuhan lama selesai diperbaiki sebelum musim hujan tiba."
    more = f"<div class='modul'><blockquote><p class='penutup'>{closing}</p></blockquote></div>"
    first, second = (read(page(number, more=more), layouts) for number in (51, 52))
    assert [article.reading.in_full for article in (first, second) if article.reading] == [True, False]
    assert first.text.split("\n\n") == [*told(51), closing]
    assert second.text.split("\n\n") == [*told(52), closing]


def test_layout_is_dropped_when_other_things_stand_at_the_paths_of_its_text() -> None:
    layouts = learned()
    ((held,), _) = layouts.plan("suara")
    reading = read(page(50), layouts).reading
    assert reading is not None
    swapped = replace(reading, in_full=True, scattered=ScatteredPaths(held.scattered.other, held.scattered.text))
    (change,) = layouts.learn("suara", swapped)
    assert (change.is_learned, change.was_wrong, change.layout) == (False, True, held)
    assert layouts.plan("suara")[0] == ()


def test_layout_of_a_container_is_dropped_when_other_things_have_come_into_it() -> None:
    layouts = Layouts()
    holder = "html/body/div.halaman"
    whole = Reading(body=holder, share=0.9, agrees=True)
    for _ in range(MIN_AGREEING_PAGES):
        layouts.learn("suara", whole)
    assert len(layouts.plan("suara")[0]) == 1
    (change,) = layouts.learn(
        "suara", replace(whole, scattered=ScatteredPaths(frozenset(["html/body/div/p"]), frozenset()))
    )
    assert (change.is_learned, change.was_wrong) == (False, True)


def test_caption_in_the_container_is_no_unknown_path() -> None:
    layouts = learned()
    more = "<div class='modul'><figure><img src='/a.jpg'><figcaption>Perajin di bengkel</figcaption></figure></div>"
    read(page(50, more=more), layouts)
    article = read(page(51, more=more), layouts)
    assert article.reading is not None
    assert not article.reading.in_full


def test_pages_that_contradict_each_other_teach_no_paths() -> None:
    layouts = Layouts()
    readings = [read(page(number), Layouts()).reading for number in range(MIN_AGREEING_PAGES)]
    for reading in readings[:-1]:
        assert reading is not None
        assert layouts.learn("suara", reading) == []
    last = readings[-1]
    assert last is not None
    assert (
        layouts.learn("suara", replace(last, scattered=ScatteredPaths(last.scattered.other, last.scattered.text))) == []
    )
    assert layouts.plan("suara")[0] == ()
