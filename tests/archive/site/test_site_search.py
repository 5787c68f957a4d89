"""The search page: the same articles as everywhere else, with facets and a chart, narrowed as asked."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from lxml import etree, html

from archive.database import open_archive
from archive.query.choice import Choice
from archive.query.choose import count
from archive.site.asked import read_asked
from archive.site.chart import draw
from archive.site.facets import over_time, within
from archive.site.feed import ATOM
from tests.support.serving import Site, fill, serving
from tests.support.storing import id_of

QUESTIONS: dict[str, Choice] = {
    "q=bawang": Choice(words="bawang"),
    "q=gotong": Choice(words="gotong"),
    "q=gotong&exact=1": Choice(words="gotong", exact=True),
    "q=%22gotong+royong%22": Choice(words='"gotong royong"'),
    "q=*": Choice(words="*"),
    "q=bawang&outlet=kabar": Choice(words="bawang", outlet="kabar"),
    "q=bawang&originals=1": Choice(words="bawang", originals=True),
    "section=lombok+tengah": Choice(section="lombok tengah"),
    "author=Rina+Andayani": Choice(author="Rina Andayani"),
    "since=2025-07-01": Choice(since=date(2025, 7, 1)),
    "since=2025-07-01&utc=1": Choice(since=date(2025, 7, 1), utc=True),
    "q=gotong&since=2025-02-01&until=2025-03-31": Choice(
        words="gotong", since=date(2025, 2, 1), until=date(2025, 3, 31)
    ),
    "q=zzzzzz": Choice(words="zzzzzz"),
    "": Choice(),
    "q=&outlet=&since=": Choice(),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[Site]:
    with serving(archive) as site:
        yield site


@pytest.mark.parametrize("query", QUESTIONS)
def test_page_json_and_csv_find_what_the_command_line_finds(site: Site, archive: Path, query: str) -> None:
    opened = open_archive(archive, read_only=True)
    expected = count(opened, QUESTIONS[query])
    opened.close()
    tally = html.fromstring(site.get(f"/search?{query}").text).xpath("string(//p[@class='tally'])")
    assert f"{expected} article" in tally if expected else "Nothing found." in tally
    found = site.get(f"/search.json?{query}&limit=1000")
    rows = list(csv.DictReader(io.StringIO(site.get(f"/search.csv?{query}&limit=1000").text)))
    assert (len(json.loads(found.text)), len(rows), found.headers["x-total-count"]) == (
        expected,
        expected,
        str(expected),
    )
    words = QUESTIONS[query].words
    if words is not None and QUESTIONS[query] == Choice(words=words):
        asked = urlencode({"_search": words})
        table = json.loads(site.get(f"/archive/articles.json?{asked}&_size=max").text)
        streamed = csv.DictReader(io.StringIO(site.get(f"/archive/articles.csv?{asked}&_stream=1").text))
        assert (table["filtered_table_rows_count"], len(table["rows"]), len(list(streamed))) == (expected,) * 3
        assert f"{expected} article" in site.get(f"/archive/articles?{asked}").text


@pytest.mark.parametrize(
    ("order", "ascending"), [("oldest", True), ("newest", False)], ids=["oldest first", "newest first"]
)
def test_the_order_may_be_chosen(site: Site, order: str, ascending: bool) -> None:
    times = [hit["published_at"] for hit in json.loads(site.get(f"/search.json?q=gotong&order={order}").text)]
    assert len(times) == 50
    assert times == sorted(times, reverse=not ascending)


def test_facets_count_and_lead_to_the_narrowed_search(site: Site) -> None:
    tree = html.fromstring(site.get("/search?q=bawang").text)
    facets = {
        summary.text: {item.xpath("string(a)"): int(item.xpath("string(span)")) for item in summary.xpath("../ul/li")}
        for summary in tree.xpath("//aside[@class='facets']//summary")
    }
    assert facets["Outlet"] == {"Warta": 2, "Kabar": 1}
    assert facets["Section"] == {"Ekonomi": 2, "Lombok Tengah": 2}
    (narrowed,) = tree.xpath("//aside//a[text()='Kabar']/@href")
    hits = html.fromstring(site.get(narrowed).text)
    assert hits.xpath("//ol[@class='hits']//a/@href") == [f"/article/{id_of('salinan', 'kabar')}"]
    (back,) = hits.xpath("//aside//li[@class='chosen']/a/@href")
    assert back == "/search?q=bawang"


def test_the_form_shows_what_was_asked(site: Site) -> None:
    query = "q=bawang&outlet=kabar&section=Ekonomi&author=Rina&since=2025-01-02&until=2025-08-01&order=oldest&exact=1"
    form = html.fromstring(site.get(f"/search?{query}").text).forms[0]
    assert dict(form.form_values()) == dict(part.split("=") for part in query.split("&"))


def test_the_chart_has_a_table_and_its_bars_lead_to_their_span(site: Site) -> None:
    tree = html.fromstring(site.get("/search?q=gotong").text)
    rows = [(row.xpath("string(td[1])"), row.xpath("string(td[2])")) for row in tree.xpath("//figure//tbody/tr")]
    assert rows == [(f"{month} 2025", "10") for month in "January February March April May June".split()]
    bars = tree.xpath("//figure//a[rect]/@href")
    assert bars == tree.xpath("//figure//tbody//a/@href")
    assert bars[1] == "/search?q=gotong&since=2025-02-01&until=2025-02-28"
    assert "10 articles" in site.get(bars[1]).text


@pytest.mark.parametrize("day", ["2025-13-01", "kemarin", "<b>"])
def test_what_is_no_day_is_said_in_a_sentence(site: Site, day: str) -> None:
    answer = site.get(f"/search?since={day}")
    assert answer.status == 400
    assert "is no day; write one as 2025-07-14." in answer.text


def test_without_a_question_page_data_and_feed_have_the_newest_articles(site: Site) -> None:
    answer = site.get("/search?q=&outlet=&since=")
    page = html.fromstring(answer.text)
    listed = [link.rpartition("/")[2] for link in page.xpath("//ol[@class='hits']//h3/a/@href")]
    told = json.loads(site.get("/search.json").text)
    times = [hit["published_at"] or "" for hit in told]
    assert times == sorted(times, reverse=True)
    assert listed == [hit["id"] for hit in told]
    assert listed == [row["id"] for row in csv.DictReader(io.StringIO(site.get("/search.csv").text))]
    feed = etree.fromstring(site.get("/search.atom").text.encode())
    assert [title.text for title in feed.iterfind(f"{{{ATOM}}}entry/{{{ATOM}}}title")] == [hit["title"] for hit in told]
    assert "newest first" in page.xpath("string(//p[@class='tally'])")
    assert not page.xpath("//aside[contains(@class, 'facets')] | //figure[contains(@class, 'chart')]")
    assert "All words must be there" in page.text_content()


def test_each_page_has_one_search_box(site: Site) -> None:
    for path in ("/", "/search?q=a", "/archive/articles", "/archive/runs", "/about", f"/article/{id_of('panen')}"):
        assert len(html.fromstring(site.get(path).text).xpath("//input[@type='search']")) == 1, path


def test_an_address_says_what_was_asked_and_no_more() -> None:
    asked = read_asked({"q": "banjir bandang", "outlet": "", "order": "tidak ada", "limit": "7"})
    assert asked.address() == "q=banjir+bandang"
    assert asked.address(since=date(2025, 7, 1), outlet="warta") == "q=banjir+bandang&outlet=warta&since=2025-07-01"
    assert (asked.in_order, asked.limit, read_asked({"outlet": "warta"}).in_order) == ("relevance", 7, "newest")
    assert read_asked({"outlet": "warta", "order": "relevance"}).in_order == "newest"
    assert read_asked({"q": "banjir", "order": "oldest"}).in_order == "oldest"


def test_a_bar_narrows_within_what_is_asked_already() -> None:
    choice = Choice(since=date(2025, 7, 10), until=date(2025, 8, 20))
    july, august = within(choice, "2025-07"), within(choice, "2025-08")
    assert (july.since, july.until) == (date(2025, 7, 10), date(2025, 7, 31))
    assert (august.since, august.until) == (date(2025, 8, 1), date(2025, 8, 20))
    assert within(Choice(), "2025-12-31").since == within(Choice(), "2025-12-31").until == date(2025, 12, 31)


def test_a_short_span_is_counted_by_day_a_long_one_by_month_none_left_out(archive: Path) -> None:
    opened = open_archive(archive, read_only=True)
    days = over_time(opened, Choice(since=date(2025, 6, 20), until=date(2025, 7, 20)))
    months = over_time(opened, Choice())
    nothing = over_time(opened, Choice(words="zzzzzz"))
    opened.close()
    assert days[0] == ("2025-06-20", 1)
    assert ("2025-07-01", 2) in days
    assert ("2025-07-05", 0) in days
    assert len(days) == 21  # to 10 July
    assert sum(found for _, found in months) == 63
    assert [label for label, _ in months] == [f"2025-0{month}" for month in range(1, 8)]
    assert nothing == []


def test_bars_are_as_high_as_their_counts() -> None:
    chart = draw([("2025-01", 1), ("2025-02", 0), ("2025-03", 4)])
    assert chart is not None
    assert [(bar.y, bar.height) for bar in chart.bars] == [(75, 25), (100, 0), (0, 100)]
    assert (chart.most, chart.total) == (4, 5)
    assert draw([]) is None
    assert draw([("2025-01", 0)]) is None


@pytest.mark.parametrize(
    ("count", "labelled"),
    [(1, [0]), (2, [0, 1]), (5, [0, 1, 2, 3, 4]), (6, [0, 2, 4]), (7, [0, 2, 4, 6]), (31, [0, 7, 14, 21, 28])],
)
def test_each_label_stands_under_its_own_bar(count: int, labelled: list[int]) -> None:
    chart = draw([(f"{year}", 1) for year in range(1990, 1990 + count)])
    assert chart is not None
    assert [label.label for label in chart.labels] == [f"{1990 + at}" for at in labelled]
    for label, at in zip(chart.labels, labelled, strict=True):
        bar = chart.bars[at]
        ends = {"start": bar.x, "middle": bar.x + bar.width / 2, "end": bar.x + bar.width}
        assert label.x == pytest.approx(ends[label.anchor] / 10, abs=0.01)  # percent of 1000
        inside = "middle" if count == 1 or 0 < at < count - 1 else "end" if at else "start"
        assert label.anchor == inside
