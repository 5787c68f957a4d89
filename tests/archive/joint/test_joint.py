"""Several archives are browsed as one: the same articles, counts and pages as the site of one archive gives."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

import pytest
from lxml import etree, html

from archive.articles import mark_gone
from archive.database import open_archive
from archive.joint.questions import QUESTIONS
from tests.support.following import LINKS, follow
from tests.support.joint import serving_joint
from tests.support.optional import needs_analysis
from tests.support.serving import EVIL, Site, serving
from tests.support.sharded import Sharded, put_in_both
from tests.support.storing import id_of, url_of

SHARDS = (("warta", "kabar"), ("suara",), ("bima",))
NAMES = ("0001", "0002", "0002.1")
BASE = "/arsip/berita/"
MAX_KINDS = 200  # of links that are followed
WORDS = "panen memanen padi bawang banjir kebanjiran membanjiri desa pedesaan polisi kepolisian air pengairan".split()


def articles() -> Iterator[dict[str, object]]:
    """Yield articles of four outlets, each of a minute of its own, over eight months, one of them edited."""
    outlets = [slug for slugs in SHARDS for slug in slugs]
    for number in range(120):
        outlet = outlets[number % 4]
        words = " ".join(WORDS[(number * step) % len(WORDS)] for step in range(1, 5 + number % 7))
        yield {
            "slug": f"artikel-{number}", "outlet": outlet, "title": f"Kabar {number} {WORDS[number % len(WORDS)]}",
            "text": f"Warga dusun {number}: {words}.", "sections": (("Desa", "desa", "Kota")[number % 3],),
            "authors": (f"Penulis {number % 17}",), "tags": ("panen",), "language": "id",
            "published_at": datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=2 * number, minutes=number),
        }  # fmt: skip
    yield {"slug": "artikel-5", "outlet": outlets[1], "title": "Kabar lima yang lain", "text": "Isinya berubah."}
    yield {"slug": "jahat", "outlet": "bima", "title": f"Judul {EVIL}", "text": EVIL, "authors": (EVIL,)}


@pytest.fixture(scope="module")
def sharded(tmp_path_factory: pytest.TempPathFactory) -> Sharded:
    sharded = put_in_both(tmp_path_factory.mktemp("joint"), list(articles()), SHARDS)
    for path in (sharded.whole, sharded.shards[1]):
        with closing(open_archive(path)) as archive, archive.transaction():
            mark_gone(archive, url_of("artikel-2", "suara"), "2025-09-01T00:00:00+00:00")
    return sharded


@pytest.fixture(scope="module")
def one(sharded: Sharded) -> Iterator[Site]:
    with serving(sharded.whole) as site:
        yield site


@pytest.fixture(scope="module")
def joint(sharded: Sharded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    shards = [{"name": name, "path": path} for name, path in zip(NAMES, sharded.shards, strict=True)]
    empty = {"name": "0003", "note": "no archive yet"}
    with serving_joint(tmp_path_factory.mktemp("tables"), [*shards, empty]) as site:
        yield site


ASKED = (
    "", "order=oldest", "q=panen", "q=banjir&limit=7", "q=desa OR polisi&order=newest", "q=air&outlet=suara",
    "q=padi&section=DESA", "author=penulis 3", "since=2025-02-03&until=2025-04-01", "q=panen&exact=1", "q=tidakada",
    "q=judul:kabar&utc=1&since=2025-03-01",
)  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
def test_search_finds_what_one_archive_finds(one: Site, joint: Site, asked: str) -> None:
    for file in ("json", "csv"):
        wanted, found = (site.get(f"/search.{file}?{asked}") for site in (one, joint))
        assert found.text == wanted.text
        assert found.headers["x-total-count"] == wanted.headers["x-total-count"]
        assert "x-shards-unasked" not in found.headers
    entries = [[entry.text for entry in etree.fromstring(site.get(f"/search.atom?{asked}").text.encode()).iter()
                if entry.tag.endswith("}id")] for site in (one, joint)]  # fmt: skip
    assert entries[0] == entries[1]


def shown(page: str) -> dict[str, list[str]]:
    """Return what a search page shows: hits, facets with counts, the months or days with theirs."""
    read = html.fromstring(page)

    def texts(path: str) -> list[str]:
        return [" ".join(node.text_content().split()) for node in read.xpath(path)]

    return {
        "hits": texts("//ol[@class='hits']/li"), "facets": [text.lower() for text in texts("//aside//li")],
        "time": texts("//figcaption//tbody/tr"), "said": texts("//p[@class='tally']"),
    }  # fmt: skip


@pytest.mark.parametrize("asked", [asked for asked in ASKED if asked not in ("", "order=oldest")])
def test_page_of_a_search_shows_what_that_of_one_archive_shows(one: Site, joint: Site, asked: str) -> None:
    wanted, found = (shown(site.get(f"/search?{asked}").text) for site in (one, joint))
    assert found == wanted
    assert (wanted["facets"] != []) == (wanted["hits"] != [])


def test_list_of_all_articles_is_narrowed_by_outlet_and_month(joint: Site) -> None:
    page = html.fromstring(joint.get("/search?order=newest").text)
    assert page.xpath("//aside//li/*[@class='count']/text()") == ["31", "30", "30", "30"]
    (bima,) = page.xpath("//aside//a[text()='Bima']/@href")
    assert json.loads(joint.get(bima.replace("/search?", "/search.json?")).text)[0]["outlet"] == "bima"
    months = page.xpath("//figcaption//tbody//a/@href")
    assert len(months) == 8
    july = json.loads(joint.get(months[6].replace("/search?", "/search.json?")).text)
    assert {hit["published_at"][:7] for hit in july} == {"2025-07"}


def test_front_page_shows_what_that_of_one_archive_shows(one: Site, joint: Site) -> None:
    def told(page: str) -> list[str]:
        read = html.fromstring(page)
        parts = ("//h1", "//section[@class='lead']/p", "//figcaption//tbody/tr", "//ol[@class='headlines']/li")
        rows = [node for part in (*parts, "//ul[@class='outlets']/li") for node in read.xpath(part)]
        return [" ".join(row.text_content().split()) for row in rows]

    assert told(joint.get("/").text) == told(one.get("/").text)


ARTICLE = f"/article/{id_of('artikel-5', 'kabar')}"
OWN = {"capture_id", "run_id"}  # numbers of a shard


@pytest.mark.parametrize("rest", ["", "@1", "?revision=1", "/diff"])
def test_article_stands_under_its_own_address(one: Site, joint: Site, rest: str) -> None:
    wanted, found = (html.fromstring(site.get(f"{ARTICLE}{rest}").text) for site in (one, joint))
    assert found.xpath("string(//main//h1)") == wanted.xpath("string(//main//h1)") != ""
    assert found.xpath("string(//div[@class='text'])") == wanted.xpath("string(//div[@class='text'])")


def test_article_is_data_and_is_cited_as_from_one_archive(one: Site, joint: Site) -> None:
    wanted, found = (json.loads(site.get(f"{ARTICLE}.json").text) for site in (one, joint))
    assert {name: found[name] for name in found.keys() - OWN} == {name: wanted[name] for name in wanted.keys() - OWN}
    for asked in ("style=bibtex", "style=csl&revision=1", ""):
        assert joint.get(f"{ARTICLE}/cite?{asked}").text == one.get(f"{ARTICLE}/cite?{asked}").text


def test_address_of_an_article_names_no_shard_where_it_is_cited_and_linked(joint: Site) -> None:
    name = id_of("artikel-5", "kabar")
    answer = joint.get(f"/article/{name}@1")
    assert f"<{joint.base}/article/{name}@1>" in answer.headers["link"]
    assert "/shard/" not in answer.headers["link"]
    gate = joint.get(f"/timemap/link/{url_of('artikel-5', 'kabar')}")
    assert f"{joint.base}/article/{name}@2" in gate.text
    assert joint.get(f"/timegate/{url_of('artikel-5', 'kabar')}").status == 200  # it leads to the article


def test_first_digits_of_an_id_lead_to_it(joint: Site) -> None:
    name = id_of("artikel-5", "kabar")
    assert html.fromstring(joint.get(f"/article/{name[:9]}").text).findtext(".//h1") == "Kabar lima yang lain"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/article/ffffffffffff", 404, "holds no article ffffffffffff"),
        ("/outlet/koran", 404, "No outlet is called koran"),
        ("/timegate/https://koran.example/x", 404, "No article had the address https://koran.example/x"),
        ("/shard/0009/about", 404, "There is no shard 0009"),
        ("/shard/0003/about", 404, "Shard 0003 holds no archive yet"),
        ("/search?outlet=koran", 404, "there is nothing of an outlet"),
        ("/search?originals=1", 404, "not known across archives"),
        ("/search?since=kemarin", 400, "is no day"),
        ("/archive", 404, "There is no such page"),
        ("/-/databases", 404, "There is no such page"),
        ("/questions/nothing", 404, "There is no such page"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(joint: Site, path: str, status: int, said: str) -> None:
    answer = joint.get(path)
    assert answer.status == status
    assert said in html.fromstring(answer.text).text_content()


def test_shards_are_listed_with_what_they_hold(joint: Site) -> None:
    told = json.loads(joint.get("/shards.json").text)
    assert [(one["shard"], one["outlets"], one.get("articles")) for one in told] == [
        ("0001", ["kabar", "warta"], 60), ("0002", ["suara"], 30), ("0002.1", ["bima"], 31), ("0003", [], None),
    ]  # fmt: skip
    page = html.fromstring(joint.get("/shards").text).text_content()
    assert "no archive yet" in page
    assert all(one["head"] in page for one in told[:3])


def test_page_of_a_shard_says_whose_it_is_and_leads_back(joint: Site) -> None:
    page = html.fromstring(joint.get("/shard/0002.1/archive/articles").text)
    assert "Shard 0002.1" in page.xpath("string(//nav[contains(@class, 'crumbs')])")
    assert page.xpath("//header//a/@href") == ["/", "/search", "/search?order=newest", "/questions", "/shards"]
    assert joint.get("/shard/0002.1/search.json?q=kabar").headers["x-total-count"] == "30"
    feed = etree.fromstring(joint.get("/shard/0002.1/search.atom?q=kabar").text.encode())
    assert f"{joint.base}/shard/0002.1/search.atom?q=kabar" in feed.xpath("//@href")


def test_visitors_language_holds_for_all_shards(joint: Site) -> None:
    assert "_lang=id; Max-Age=31536000; Path=/;" in joint.get("/shard/0002/?_lang=id").headers["set-cookie"]
    assert "Pecahan 0002" in joint.get("/shard/0002/", Cookie="_lang=id").text
    assert "Setiap pecahan" in joint.get("/shards", Cookie="_lang=id").text


def test_nothing_can_be_written(joint: Site) -> None:

    for path in ("/", "/search", "/shard/0001/archive"):
        with pytest.raises(HTTPError, match="405"):
            urlopen(Request(joint.base + path, data=b"x=1"), timeout=60)


def test_all_that_pages_link_to_is_there_and_beneath_the_sub_path(sharded: Sharded, tmp_path: Path) -> None:
    shards = [{"name": name, "path": path} for name, path in zip(NAMES, sharded.shards, strict=True)]

    def check(path: str, page: str) -> None:
        for link in map(str, html.fromstring(page).xpath(LINKS)):
            parts = urlsplit(urljoin(f"{site.base}{path}", link))
            assert parts.netloc != urlsplit(site.base).netloc or parts.path.startswith(BASE), (path, link)

    with serving_joint(tmp_path, shards, BASE) as site:
        kinds = follow(site, BASE, check)
    assert {kind.partition("?")[0].removeprefix(BASE) for kind in kinds} >= {
        "shards", "questions", "article/", "shard//archive/articles", "shard//run/", "outlet/suara"
    }  # fmt: skip


@needs_analysis
@pytest.mark.parametrize("name", ["articles-by-month", "changed-headlines", "edited-articles", "withdrawn-articles"])
def test_question_has_the_answer_of_one_archive(one: Site, joint: Site, name: str) -> None:
    def comparable(row: dict[str, object]) -> dict[str, object]:
        return {column: float(value) if isinstance(value, int) else value for column, value in row.items()}

    wanted = json.loads(one.get(f"/archive/{name}.json?_shape=array&_size=max").text)
    found = json.loads(joint.get(f"/questions/{name}.json").text)
    assert found
    shared = found[0].keys() & wanted[0].keys()
    assert len(shared) >= len(found[0]) - 1
    both = [[comparable({column: row[column] for column in shared}) for row in rows] for rows in (wanted, found)]
    assert sorted(both[0], key=str) == sorted(both[1], key=str)


@needs_analysis
@pytest.mark.parametrize("name", QUESTIONS)
def test_question_is_a_page_and_a_file(joint: Site, name: str) -> None:
    page = html.fromstring(joint.get(f"/questions/{name}").text)
    rows = list(csv.reader(io.StringIO(joint.get(f"/questions/{name}.csv").text)))
    assert page.xpath("//main//thead//th/text()") == (rows[0] if len(rows) > 1 else [])
    assert len(page.xpath("//main//tbody/tr")) == len(rows) - 1
    for link in page.xpath("//tbody//a/@href")[:2]:
        assert joint.get(link).status == 200
    assert f"/questions/{name}" in joint.get("/questions").text


@needs_analysis
def test_authors_and_topics_are_counted_over_all_shards(joint: Site) -> None:
    (topic,) = json.loads(joint.get("/questions/topics.json").text)
    assert (topic["tag"], topic["articles"], topic["outlets"], topic["first"]) == ("panen", 120, 4, "2025-01-01")
    authors = json.loads(joint.get("/questions/authors.json").text)
    assert Counter(row["author"] for row in authors)["Penulis 3"] > 1
    assert sum(row["articles"] for row in authors) == 121


def test_csv_of_a_search_has_a_line_for_each_article(joint: Site) -> None:
    rows = list(csv.DictReader(io.StringIO(joint.get("/search.csv?q=kabar&limit=1000").text)))
    assert len({row["id"] for row in rows}) == len(rows) == 120
