"""Layouts: a container is trusted once pages agree, serves with the same text, and goes when the site is rebuilt."""

from dataclasses import replace

import lxml.html
import pytest

from kickcrawl.article import Article, Page, PageSource, SiteRules
from kickcrawl.body.layout import find_container, path_of
from kickcrawl.body.learned_layouts import (
    CHECK_INTERVAL,
    MAX_LAYOUTS,
    MAX_MISSED_PAGES,
    MAX_UNSURE_PAGES,
    MAX_UNUSED_PAGES,
    MIN_AGREEING_PAGES,
    Change,
    Layouts,
)
from kickcrawl.extract import extract
from kickcrawl.reading import BoxSelectors, Layout, Reading, ScatteredPaths

SITE = SiteRules(slug="suara", name="Suara Sembalun", language="id", timezone="Asia/Makassar")
OLD, NEW = "isi-berita", "teks-utama"
# Paragraphs of our own, each long enough to be told from a menu.
PARAGRAPHS = [
    f"Warga dusun {name} memperbaiki saluran air yang rusak akibat hujan deras pekan lalu, lalu membagi giliran "
    f"mengairi sawah agar petani di bagian hilir {name} tetap kebagian air sampai masa panen tiba."
    for name in ("Aik Berik", "Sapit", "Tetebatu", "Lantan", "Sajang", "Bayan")
]


def page(container: str, number: int, *, outside: int = 0) -> Page:
    """Return article *number*, its text in *container*, but for *outside* paragraphs that stand before it."""
    texts = [f"<p>{text} Kabar ke-{number} hari itu.</p>" for text in PARAGRAPHS]
    body = (
        f"<html><head><title>Kabar {number}</title></head><body><nav><a href='/'>Beranda</a></nav><main><article>"
        f"<h1>Saluran air dusun diperbaiki, kabar {number}</h1><div class='pembuka'>{''.join(texts[:outside])}</div>"
        f"<div class='{container}'>{''.join(texts[outside:])}</div></article></main></body></html>"
    )
    url = f"https://suara.example/kabar-{number}"
    return Page(requested_url=url, sources=(PageSource(url=url, body=body.encode()),), site=SITE)


def read(page: Page, layouts: Layouts) -> tuple[Article, list[bool]]:
    """Read *page* as a crawl does; return the article and, for each change, whether something was learned."""
    trusted, check = layouts.plan("suara")
    article = extract(replace(page, layouts=trusted, check=check))
    assert isinstance(article, Article)
    assert article.reading is not None
    return article, [change.is_learned for change in layouts.learn("suara", article.reading)]


def learned(container: str = OLD) -> Layouts:
    layouts = Layouts()
    changes = [read(page(container, number), layouts)[1] for number in range(MIN_AGREEING_PAGES)]
    assert changes == [*[[]] * (MIN_AGREEING_PAGES - 1), [True]]
    return layouts


def test_a_container_that_pages_agree_on_serves_with_the_same_text() -> None:
    layouts = learned()
    read(page(OLD, 50), layouts)  # the first that could be served is a check
    article, _ = read(page(OLD, 51), layouts)
    assert article.reading == Reading(body=f"html/body/main/article/div.{OLD}", in_full=False)
    in_full = extract(page(OLD, 51))
    assert isinstance(in_full, Article)
    assert in_full.reading is not None
    assert in_full.reading.in_full
    assert article == in_full


def test_a_rebuilt_site_is_noticed_within_a_few_pages_and_no_text_is_lost() -> None:
    layouts = learned()
    changes: list[bool] = []
    for number in range(100, 110):
        article, change = read(page(NEW, number), layouts)
        changes += change
        assert article.text.count("\n\n") == len(PARAGRAPHS) - 1
    assert changes == [False, True]
    assert [layout.body for layout in layouts.plan("suara")[0]] == [f"html/body/main/article/div.{NEW}"]


def test_layout_does_not_fit_a_container_that_now_holds_only_part_of_the_article() -> None:
    layouts = learned()
    read(page(OLD, 50), layouts)
    article, _ = read(page(OLD, 51, outside=3), layouts)
    assert article.reading is not None
    assert article.reading.in_full
    assert article.text.count("\n\n") == len(PARAGRAPHS) - 1


def test_as_many_pages_are_wanted_in_full_at_a_time_as_must_agree_before_the_next_layout() -> None:
    layouts = Layouts()
    wanted = []
    for body in ("html/body/main", "html/body/div", "html/body/div", None, "html/body/div"):
        wanted.append(layouts.wanted("suara"))
        layouts.learn("suara", Reading(body=body, share=0.9, agrees=body is not None))
    assert [*wanted, layouts.wanted("suara")] == [3, 2, 2, 1, 1, 3]


def test_pages_that_contradict_each_other_hold_up_no_others() -> None:
    layouts, wanted = Layouts(), []
    for paths in (("p.isi", "p.iklan"), ("p.iklan", "p.isi")) * 4:
        text, other = (frozenset((path,)) for path in paths)
        layouts.learn("suara", Reading(body="html/body", share=0.9, agrees=True, scattered=ScatteredPaths(text, other)))
        wanted.append(layouts.wanted("suara"))
    assert layouts.plan("suara") == ((), False)
    assert wanted == [2, 1, 3, 3, 3, 3, 3, 3]


def checked(layouts: Layouts) -> list[int]:
    """Return which of the next pages are checks: the first is number 1."""
    return [number for number in range(1, 2 * CHECK_INTERVAL) if layouts.plan("suara")[1]]


def test_first_page_is_a_check_only_of_what_an_earlier_crawl_has_learned() -> None:
    layouts = learned()
    (trusted,), check = layouts.plan("suara")
    assert not check
    held = Layouts()
    held.trust("suara", [trusted])
    assert checked(held) == [1, 1 + CHECK_INTERVAL]


def test_one_of_fifty_pages_is_read_in_full_and_can_refute_the_layout() -> None:
    layouts = learned()
    assert checked(layouts) == [CHECK_INTERVAL]
    (trusted,) = layouts.plan("suara")[0]
    refuted = Reading(body="html/body/div", share=0.9, agrees=True, refuted=trusted.body)
    assert [change.layout for change in layouts.learn("suara", refuted)] == [trusted]
    assert layouts.plan("suara")[0] == ()


def test_pages_that_the_witness_does_not_confirm_teach_nothing() -> None:
    layouts = Layouts()
    for _ in range(2 * MIN_AGREEING_PAGES):
        assert layouts.learn("suara", Reading(body="html/body/div", share=0.9, agrees=False)) == []
        assert layouts.learn("suara", Reading(body=None)) == []
    assert layouts.plan("suara") == ((), False)


def test_pending_layout_is_made_of_the_last_pages_alone() -> None:
    layouts = Layouts()
    held = [Layout(f"html/body/main/div.jenis-{kind}", 0.5) for kind in "abcd"]
    assert len(held) == MAX_LAYOUTS
    layouts.trust("suara", held)
    for share in (0.1, *[0.9] * MIN_AGREEING_PAGES):
        assert layouts.learn("suara", Reading(body="html/body/section", share=share, agrees=True)) == []
        layouts.learn("suara", Reading(body=held[0].body, in_full=False))
    layouts.learn("suara", Reading(body="html/body/section", refuted=held[0].body))
    (learned,) = layouts.learn("suara", Reading(body="html/body/section", share=0.9, agrees=True))
    assert learned.layout == Layout("html/body/section", 0.9)


def test_selector_whose_box_holds_text_on_a_check_is_not_cut_any_more() -> None:
    layouts = Layouts()
    held = Layout("html/body/div", 0.5, frozenset(["div.kotak", "div.pagi"]))
    layouts.trust("suara", [held])
    checked = Reading(body=held.body, share=0.9, agrees=True, boxes=BoxSelectors(own=frozenset(["div.kotak", "div.x"])))
    dropped, learned = layouts.learn("suara", checked)
    assert (dropped.layout, dropped.is_learned) == (held, False)
    assert (learned.layout, learned.is_learned) == (replace(held, foreign_boxes=frozenset(["div.pagi"])), True)
    assert layouts.plan("suara")[0] == (learned.layout,)
    assert layouts.learn("suara", checked) == []


def test_single_pages_of_another_kind_are_no_drift() -> None:
    layouts = learned()
    other = Reading(body="html/body/section", share=0.9, agrees=True)
    served = Reading(body=f"html/body/main/article/div.{OLD}", in_full=False)
    for _ in range(2 * MAX_MISSED_PAGES):
        assert [change for change in layouts.learn("suara", other) if not change.is_learned] == []
        layouts.learn("suara", served)
    assert f"html/body/main/article/div.{OLD}" in {layout.body for layout in layouts.plan("suara")[0]}


def test_pages_in_a_row_that_fit_no_layout_are_drift_although_none_says_where_its_body_stands() -> None:
    layouts = learned()
    ((held,), _) = layouts.plan("suara")
    changes = [layouts.learn("suara", Reading(body=None)) for _ in range(MAX_UNSURE_PAGES)]
    assert changes == [
        *[[]] * (MAX_UNSURE_PAGES - 1),
        [Change(held, False, f"the last {MAX_UNSURE_PAGES} pages were built otherwise")],
    ]
    assert layouts.plan("suara")[0] == ()


def test_layout_that_serves_no_longer_since_another_was_learned_is_drift_although_pages_mixed() -> None:
    layouts = learned()
    ((held,), _) = layouts.plan("suara")
    served = Reading(body=held.body, in_full=False)
    new = Reading(body="html/body/section", share=0.9, agrees=True)
    for reading in (new, served, new, served, new):
        layouts.learn("suara", reading)
    changes = [layouts.learn("suara", replace(new, in_full=False)) for _ in range(MAX_UNUSED_PAGES)]
    assert [change for change in changes if change] == [
        [Change(held, False, f"none of the last {MAX_UNUSED_PAGES} pages was built so")]
    ]
    assert [layout.body for layout in layouts.plan("suara")[0]] == [new.body]


def test_layout_of_seldom_pages_stays_beside_one_that_was_learned_before() -> None:
    layouts = learned()
    ((held,), _) = layouts.plan("suara")
    seldom = Reading(body="html/body/section", share=0.9, agrees=True)
    for _ in range(MIN_AGREEING_PAGES):
        layouts.learn("suara", seldom)
        layouts.learn("suara", Reading(body=held.body, in_full=False))
    changes = [layouts.learn("suara", Reading(body=held.body, in_full=False)) for _ in range(2 * MAX_UNUSED_PAGES)]
    assert changes == [[]] * (2 * MAX_UNUSED_PAGES)
    assert len(layouts.plan("suara")[0]) == 2


@pytest.mark.parametrize("stragglers", [0, 1])
def test_layouts_of_an_earlier_crawl_are_left_in_the_order_in_which_they_were_learned(stragglers: int) -> None:
    old, new = (Layout(f"html/body/div.{name}", 0.9) for name in ("lama", "baru"))
    layouts = Layouts()
    layouts.trust("suara", [old, new])
    for body in (*[old.body] * stragglers, *[new.body] * MAX_UNUSED_PAGES):
        changes = layouts.learn("suara", Reading(body=body, in_full=False))
    assert [change.layout for change in changes] == [old]
    assert layouts.plan("suara")[0] == (new,)


def test_box_that_the_newsroom_adds_is_known_after_checks_in_a_row() -> None:
    layouts = Layouts()
    held = Layout("html/body/div", 0.5, frozenset(["div.lama"]))
    layouts.trust("suara", [held])
    layouts.plan("suara")
    checked = Reading(
        body=held.body, share=0.9, agrees=True, boxes=BoxSelectors(foreign=frozenset(["div.lama", "div.baru"]))
    )
    assert layouts.learn("suara", checked) == []
    for _ in range(MIN_AGREEING_PAGES - 2):
        assert layouts.plan("suara")[1]  # out of turn
        assert layouts.learn("suara", checked) == []
    dropped, learned = layouts.learn("suara", checked)
    assert not dropped.was_wrong
    assert learned.layout.foreign_boxes == {"div.lama", "div.baru"}
    assert not layouts.plan("suara")[1]


@pytest.mark.parametrize("place", range(MIN_AGREEING_PAGES))
def test_box_on_one_page_alone_is_not_cut_whichever_page_comes_first(place: int) -> None:
    layouts = Layouts()
    plain = Reading(body="html/body/div", share=0.9, agrees=True)
    readings = [plain] * MIN_AGREEING_PAGES
    readings[place] = replace(plain, boxes=BoxSelectors(foreign=frozenset(["figure.tabel"])))
    changes = [change for reading in readings for change in layouts.learn("suara", reading)]
    assert [change.layout.foreign_boxes for change in changes] == [frozenset()]
    for _ in range(MIN_AGREEING_PAGES - 1):
        assert layouts.plan("suara")[1]  # the box was in doubt: the next pages are read in full, too
        assert layouts.learn("suara", plain) == []
    assert not layouts.plan("suara")[1]


def test_check_that_the_witness_does_not_confirm_adds_no_box_and_may_take_one_away() -> None:
    layouts = Layouts()
    held = Layout("html/body/div", 0.5, frozenset(["div.lama"]))
    layouts.trust("suara", [held])
    doubtful = Reading(body=held.body, share=0.9, boxes=BoxSelectors(foreign=frozenset(["div.lama", "div.tabel"])))
    for _ in range(2 * MIN_AGREEING_PAGES):
        assert layouts.learn("suara", doubtful) == []
    own = replace(doubtful, boxes=BoxSelectors(own=frozenset(["div.lama"])))
    assert [change.layout.foreign_boxes for change in layouts.learn("suara", own)] == [{"div.lama"}, frozenset()]


def test_check_that_the_witness_does_not_confirm_teaches_no_paths() -> None:
    layouts = Layouts()
    held = Layout("html/body/div", 0.5, scattered=ScatteredPaths(frozenset(["div/p"]), frozenset(["div/p.iklan"])))
    layouts.trust("suara", [held])
    paths = ScatteredPaths(frozenset(["div/blockquote"]), frozenset(["div/p.iklan"]))
    assert layouts.learn("suara", Reading(body=held.body, scattered=paths)) == []
    assert layouts.plan("suara")[0] == (held,)


def test_selector_whose_box_once_held_text_is_never_cut() -> None:
    layouts = Layouts()
    held = Layout("html/body/div", 0.5)
    layouts.trust("suara", [held])
    own, foreign = (
        Reading(body=held.body, share=0.9, agrees=True, boxes=boxes)
        for boxes in (BoxSelectors(own=frozenset(["div.x"])), BoxSelectors(foreign=frozenset(["div.x"])))
    )
    for reading in (own, *[foreign] * 2 * MIN_AGREEING_PAGES):
        assert layouts.learn("suara", reading) == []


def test_containers_that_pages_spoke_for_are_forgotten_in_turn() -> None:
    layouts = Layouts()
    for number in range(100):
        layouts.learn("suara", Reading(body=f"html/body/div.kisah-{'x' * number}", share=0.9, agrees=True))
    for _ in range(MIN_AGREEING_PAGES - 1):
        assert layouts.learn("suara", Reading(body="html/body/div.kisah-", share=0.9, agrees=True)) == []


def test_what_wordpress_says_of_a_single_post_is_no_part_of_its_path() -> None:
    post = lxml.html.fragment_fromstring(
        "<article class='post type-post category-olahraga tag-mataram format-standard has-post-thumbnail'></article>"
    )
    assert path_of(post) == "html/body/article.post.type-post"


def test_two_elements_that_fit_are_none() -> None:
    text = f"<p>{' '.join(PARAGRAPHS)}</p>"
    scope = lxml.html.document_fromstring(f"<body><div class='isi x1'>{text}</div><div class='isi'>{text}</div></body>")
    first = scope[0][0]
    assert path_of(first) == "html/body/div.isi"
    assert find_container(scope, (Layout("html/body/div.isi", 0.5),), lambda *_: True) is None
    first.drop_tree()
    found = find_container(scope, (Layout("html/body/div.isi", 0.5),), lambda *_: True)
    assert found is not None
    assert found[0].text_content() == " ".join(PARAGRAPHS)


def test_layout_that_a_person_states_wins_over_a_learned_one() -> None:
    layouts = learned()
    asked = page(OLD, 60, outside=1)
    trusted, _ = layouts.plan("suara")
    assert trusted
    stated = extract(replace(asked, site=replace(SITE, body=("div.tidak-ada", "div.pembuka")), layouts=trusted))
    assert isinstance(stated, Article)
    assert stated.text.count("\n\n") == 0
    assert stated.reading == Reading(body="html/body/main/article/div.pembuka", in_full=False)
