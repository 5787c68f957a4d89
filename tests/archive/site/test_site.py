"""kickcrawl serve: what the site says, in which form, and what it never does."""

import csv
import io
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import IncompleteRead
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from lxml import etree, html

from archive.commands.serve import listen
from archive.database import open_archive
from archive.site.app import HERE
from archive.site.article_page import paragraphs
from archive.site.cells import web_address
from archive.site.filters import in_month
from archive.site.glossary import read_schema
from archive.site.headers import Nonces
from archive.site.marks import marked
from archive.site.moments import in_words
from archive.site.months import month_spans
from kickcrawl import CHECKOUT
from tests.support.serving import COMMAND, EVIL, Site, fill, serving
from tests.support.storing import id_of

ATOM = "{http://www.w3.org/2005/Atom}"
QUESTIONS = tuple(yaml.safe_load((HERE / "metadata.yaml").read_text())["databases"]["archive"]["queries"])
PAGES = (
    "/ /search /search?q=bawang /archive /archive/articles /archive/articles?_all=1 /archive/runs /archive/revisions "
    "/archive/outlets/warta /outlet/warta /run/1 /archive?sql=select+1 /tidak/ada /archive/tidak-ada /static/site.css "
    "/search.atom?q=bawang /search.json?q=bawang /search.csv?q=bawang /archive/articles.json /archive/articles.csv "
    f"/article/{id_of('panen')} /article/{id_of('panen')}.json"
).split()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(fill(tmp_path_factory.mktemp("site"))) as site:
        yield site


def text_of(page: str) -> str:
    return " ".join(" ".join(html.fromstring(page).itertext()).split())


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_security_headers(site: Site, path: str) -> None:
    headers = site.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "request_line",
    [b"\x16\x03\x01", b"GET /search?q=" + b"a" * 4_300_000 + b" HTTP/1.1\r\n"],
    ids=["no HTTP", "too long for any browser"],
)
def test_what_never_reaches_the_site_is_refused_with_its_headers(site: Site, request_line: bytes) -> None:
    head = ask_raw(site, request_line + b"\r\n")
    assert head.startswith("http/1.1 400")
    assert [value for value in ("frame-ancestors 'none'", "nosniff", "no-referrer") if value not in head] == []


@pytest.mark.parametrize("length", [1_001, 100_000, 2_000_000])
def test_longest_search_that_a_browser_sends_is_answered(site: Site, length: int) -> None:
    head = ask_raw(site, b"GET /search?q=" + b"a+" * (length // 2) + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert head.startswith("http/1.1 200")


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize(
    "path", ["/", "/search?q=a", "/archive/articles", "/static/site.css", "/tidak/ada", "//jahat.example/"]
)
def test_every_method_is_answered_with_the_headers(site: Site, method: str, path: str) -> None:
    head = ask_raw(site, f"{method} {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert re.match(r"http/1.1 (?:200|302|404)" if method == "HEAD" else r"http/1.1 405", head)
    assert "location: //" not in head
    assert [value for value in ("frame-ancestors 'none'", "nosniff", "no-referrer") if value not in head] == []


def ask_raw(site: Site, request: bytes) -> str:
    """Send bytes as they are; return the head of the answer, lower-case."""
    host, _, port = site.base.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=120) as connection:
        connection.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer and (piece := connection.recv(1 << 16)):
            answer += piece
    return answer.partition(b"\r\n\r\n")[0].decode("latin-1").lower()


def test_a_nonce_is_used_once_and_stands_on_scripts_of_the_templates_alone(site: Site) -> None:
    first, second = site.get("/archive/articles"), site.get("/archive/articles")
    nonces = [re.findall(r"'nonce-([^']+)'", answer.headers["content-security-policy"]) for answer in (first, second)]
    assert nonces[0][0] == nonces[0][1] != nonces[1][0]
    assert {script.get("nonce") for script in html.fromstring(first.text).iter("script", "style")} == {nonces[0][0]}


def test_datasettes_style_attributes_are_taken_out() -> None:
    template = (
        '<p style="height: {{ query.sql.split("\n")|length + 2 }}em" class="a"><script>x</script><style>y</style>'
    )
    kept = '<p class="a"><script nonce="{{ csp_nonce }}">x</script><style nonce="{{ csp_nonce }}">y</style>'
    assert Nonces.preprocess(object.__new__(Nonces), template, None) == kept


def test_the_front_page_says_what_is_in_the_archive(site: Site) -> None:
    page = text_of(site.get("/").text)
    assert "64 articles from 2 outlets" in page
    assert "1 edit and 1 withdrawal were noticed" in page
    assert "Panen bawang merah naik lagi" in page
    assert "complete" in page


def test_months_are_those_of_the_outlets_own_clock(site: Site) -> None:
    rows = html.fromstring(site.get("/").text).xpath("//figure//tbody/tr")
    months = {row.xpath("td/a/@href")[0].partition("_month=")[2]: int(row[1].text_content()) for row in rows}
    assert list(months) == [f"2025-0{month}" for month in range(1, 8)]
    assert months["2025-07"] == 3
    facets = json.loads(site.get("/archive/articles.json?_size=1").text)["facet_results"]
    assert {value["value"]: value["count"] for value in facets["month"]["results"]} == months


def test_an_article_reads_like_an_article(site: Site) -> None:
    page = site.get(f"/article/{id_of('panen')}").text
    tree, said = html.fromstring(page), text_of(page)
    assert tree.xpath("//h1/text()") == ["Panen bawang merah naik lagi"]
    assert tree.xpath("//h1/@lang") == ["id"]
    assert tree.get("lang") == "en"
    assert "By Rina Andayani 1 July 2025, 00:30 WITA" in said
    assert tree.xpath("//div[@class='text']//td/text()") == "Komoditas Harga Bawang Rp20.000 Cabai Rp41.000".split()
    assert "Foto: Petani di Kopang" in said
    assert tree.xpath("//p[@class='tags']/a/text()") == ["bawang", "panen"]
    assert tree.xpath("//section[@class='related']//a/@href") == [f"/article/{id_of('terhapus')}"]
    assert not tree.xpath("//img")


def test_an_article_shows_what_an_edit_changed(site: Site) -> None:
    tree = html.fromstring(site.get(f"/article/{id_of('panen')}").text)
    assert tree.xpath("//li[@id='revision-2']//h3/text()") == ["title", "text"]
    assert [e.text for e in tree.xpath("//li[@id='revision-2']//ins")] == [" lagi", "lima"]
    assert [e.text for e in tree.xpath("//li[@id='revision-2']//del")] == ["tiga"]


def test_an_article_says_in_a_line_what_an_edit_changed(site: Site) -> None:
    page = text_of(site.get(f"/article/{id_of('panen')}").text)
    assert "Changed: title, lead, numbers (tiga persen -> lima persen), silent edit" in page


@pytest.mark.parametrize(
    ("query", "is_past"),
    [("revision=1", True), ("revision=2", False), ("on=2025-07-14", False)],
)
def test_an_article_is_shown_as_it_stood(site: Site, query: str, is_past: bool) -> None:
    page = site.get(f"/article/{id_of('panen')}?{query}").text
    tree = html.fromstring(page)
    assert tree.xpath("//h1/text()") == [f"Panen bawang merah naik{'' if is_past else ' lagi'}"]
    assert ("naik tiga persen" in tree.xpath("string(//div[@class='text'])")) is is_past
    assert (
        "Revision 1 of 2. This is the article as it was archived 14 July 2025, 09:01 WITA" in text_of(page)
    ) is is_past
    assert bool(tree.xpath("//section[@class='witnesses']")) is not is_past
    state = json.loads(site.get(f"/article/{id_of('panen')}.json?{query}").text)
    assert (state["revision"], state["title"]) == (1 if is_past else 2, tree.xpath("string(//h1)"))


def test_a_shortened_id_leads_to_the_same_revision(site: Site) -> None:
    page = site.get(f"/article/{id_of('panen')[:8]}?revision=1").text
    assert "Revision 1 of 2." in text_of(page)


def test_an_article_names_its_copies_its_sources_and_its_end(site: Site) -> None:
    page = text_of(site.get(f"/article/{id_of('panen')}").text)
    assert "The same story" in page
    assert "% of the shorter text is in both" in page
    assert "title json-ld Panen bawang merah naik lagi feed: Panen bawang" in page
    assert "meta: 14 July 2025, 09:00 WITA" in page
    assert "No longer on the outlet's site. It was missed on 20 July 2025" in text_of(
        site.get(f"/article/{id_of('terhapus')}").text
    )


def test_text_of_the_archive_is_never_markup(site: Site) -> None:
    for path in (
        f"/article/{id_of('jahat')}", "/search?q=bawang", "/archive/articles", "/archive/articles?_all=1", "/",
        f"/search?q={EVIL}".replace(" ", "+"), "/archive/topics?since=", "/archive/authors", "/outlet/warta",
    ):  # fmt: skip
        page = site.get(path).text
        assert EVIL not in page, path
        assert "<b>tebal" not in page, path


@pytest.mark.parametrize("file", ["", ".json", ".csv", ".atom"])
@pytest.mark.parametrize(
    "words",
    ["", '"', '""', "*", "a*", "NEAR(", "-x", "AND OR NOT", "title:x", "'; DROP TABLE articles; --", EVIL, "[x]", "\0",
     "😀", "x" * 3000, "%", "a\nb", "(", "{}", "^", "\udcff"],
    ids=lambda words: ascii(words)[:20],
)  # fmt: skip
def test_any_words_can_be_looked_for(site: Site, words: str, file: str) -> None:
    assert site.search(words, file).status == 200
    for path in ("/archive/articles?_find=", "/archive/word-by-month.json?word="):
        assert site.get(path + quote(words, errors="ignore")).status == 200


def test_a_search_marks_what_it_found(site: Site) -> None:
    tree = html.fromstring(site.search("gotong").text)
    assert {mark.text for mark in tree.iter("mark")} == {"bergotong"}
    assert len(tree.xpath("//ol[@class='hits']/li")) == 50
    assert tree.xpath("//a[@class='more']/@href") == ["/search?q=gotong&limit=200"]
    assert not html.fromstring(site.get("/search?q=gotong&exact=1").text).xpath("//ol[@class='hits']/li/mark")


def test_a_search_can_be_had_as_json_csv_and_feed(site: Site) -> None:
    hits = json.loads(site.search("bawang", ".json").text)
    assert {hit["id"] for hit in hits} == {id_of("panen"), id_of("jahat"), id_of("salinan", "kabar")}
    assert [row["id"] for row in csv.DictReader(io.StringIO(site.search("bawang", ".csv").text))] == [
        h["id"] for h in hits
    ]
    feed = etree.fromstring(site.search("bawang", ".atom").text.encode())
    updated = [entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")]
    assert len(updated) == 3
    assert updated == sorted(updated, reverse=True)
    assert feed.find(f"{ATOM}entry/{ATOM}link").get("href").startswith(site.base)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("_month=2025-07", 3),
        ("_month=2025-06", 10),
        ("_month=2025-13", 0),
        ("_month=9999-12", 0),
        ("_find=bawang", 3),
        ("_find=bawang&_month=2025-07", 2),
        ("_find=*", 0),
        ("_search=bawang", 3),
        ("_search=zzzzzz", 0),
        ("_search_title=zzzzzz", 0),
        ("tags__arraycontains=panen", 2),
        ("authors__arraycontains=Rina+Andayani&outlet=kabar", 1),
    ],
)
def test_articles_can_be_narrowed(site: Site, query: str, count: int) -> None:
    assert json.loads(site.get(f"/archive/articles.json?{query}").text)["filtered_table_rows_count"] == count
    assert site.get(f"/archive/articles?{query}").status == 200


def test_facets_count_outlets_sections_authors_tags_and_months(site: Site) -> None:
    tree = html.fromstring(site.get("/archive/articles").text)
    assert tree.xpath("//aside[@class='facets']/details/summary/text()") == [
        "Outlet",
        "Section",
        "Author",
        "Tag",
        "Month",
    ]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_has_an_answer(site: Site, question: str) -> None:
    answer = json.loads(site.get(f"/archive/{question}.json?_shape=objects&word=warga&since=").text)
    assert answer["ok"]
    assert answer["rows"] or question == "rejected-pages"


def test_there_are_ten_questions_with_titles_that_are_questions(site: Site) -> None:
    titles = html.fromstring(site.get("/archive").text).xpath("//ul[@class='questions']/li/a/text()")
    assert len(titles) == 10
    assert all(title.endswith("?") for title in titles)


def test_an_outlet_and_a_run_have_a_page(site: Site) -> None:
    assert "63 articles, published from" in text_of(site.get("/outlet/warta").text)
    run = text_of(site.get("/run/1").text)
    assert "Panen bawang merah naik lagi revision 2: title, text changed" in run


def test_an_id_may_be_shortened(site: Site) -> None:
    assert "Panen bawang merah naik lagi" in site.get(f"/article/{id_of('panen')[:8]}").text


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/article/ffffffffffff", 404, "This archive holds no article ffffffffffff."),
        (f"/article/{id_of('panen')}?revision=3", 404, "has no state “3”: it has revisions 1 to 2"),
        (f"/article/{id_of('panen')}?revision=%3Cb%3E", 404, "has no state “<b>”: it has revisions 1 to 2"),
        (f"/article/{id_of('panen')}?on=2025-07-13", 404, "has no state “2025-07-13”: it has revisions 1 to 2"),
        (f"/article/{id_of('panen')}?on=kemarin", 404, "has no state “kemarin”: it has revisions 1 to 2"),
        ("/outlet/tidak-ada", 404, "No outlet is called tidak-ada."),
        ("/run/999", 404, "There was no run 999."),
        ("/tidak/ada/sama/sekali", 404, "There is no such page."),
        ("/-/patterns", 404, "There is no such page."),
        ("/_internal", 403, "This page is closed."),
        ("/archive.db", 403, "This page is closed."),
        ("/archive?sql=delete+from+articles", 400, "Statement must be a SELECT"),
        (
            "/archive?sql=with+recursive+c(x)+as+(select+1+union+all+select+x%2B1+from+c)+select+count(*)+from+c",
            400, "The query took longer than 2 s and was stopped; ask for less.",
        ),
        ("/archive?sql=select+zeroblob(100000000)", 400, "string or blob too big"),
        ("/archive/articles?_where=1;select+2", 400, "You can only execute one statement at a time."),
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_said_in_a_sentence(site: Site, path: str, status: int, sentence: str) -> None:
    answer = site.get(path)
    assert answer.status == status
    assert sentence in text_of(answer.text)


LONG = "printf('%.*c', 4000000, 'x')"
GREEDY = {
    "rows": f"WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c LIMIT 30) SELECT {LONG} || i FROM c",
    "columns": "SELECT " + ", ".join(f"{LONG} || {number}" for number in range(200)),
    "JSON": f"SELECT replace({LONG}, 'x', char(1))",
}


def memory_of(site: Site, name: str) -> int:
    """Return what Linux says under *name* of the site's process, in kB: VmRSS now, VmHWM at its peak."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path(f"/proc/{site.pid}/status").read_text())
    assert found is not None
    return int(found[1])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says what a process took at its peak")
@pytest.mark.parametrize(
    "sql",
    [pytest.param(sql, id=kind, marks=[] if kind == "rows" else pytest.mark.slow) for kind, sql in GREEDY.items()],
)
def test_no_query_takes_the_machines_memory_and_the_site_answers_afterwards(tmp_path: Path, sql: str) -> None:
    with serving(fill(tmp_path)) as site:
        before = [site.get(page).status for page in PAGES]
        at_rest = memory_of(site, "VmRSS")

        def ask(_number: int) -> int:
            try:
                return site.get(f"/archive.json?sql={quote(sql)}&_shape=arrays&_size=max").status
            except (IncompleteRead, ConnectionError):
                return 0  # cut off: there was no memory for what many asked for at once

        with ThreadPoolExecutor(4) as visitors:
            statuses = set(visitors.map(ask, range(8)))
        taken = memory_of(site, "VmHWM") - at_rest
        assert [site.get(page).status for page in PAGES] == before
    assert statuses <= {0, 200, 400, 503}
    assert taken < 300_000


def test_site_loads_nothing_that_only_crawls_and_data_frames_need() -> None:
    script = "import sys, archive.site.app, archive.commands.serve; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    # rensa imports pyarrow, and sqlite-utils pandas, where they are installed: 100 MB each.
    assert not {"rensa", "pyarrow", "sqlite_utils", "pandas", "scrapy"} & set(done.stdout.split())


def test_nothing_outside_the_static_folder_is_served(site: Site) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"):
        assert site.get(path).status == 404


def test_an_empty_archive_can_be_looked_at(tmp_path: Path) -> None:
    open_archive(tmp_path / "kosong.db", create=True).close()
    with serving(tmp_path / "kosong.db") as site:
        assert "Nothing has been archived yet" in site.get("/").text
        assert [site.get(path).status for path in ("/search?q=a", "/archive", "/archive/articles")] == [200] * 3


def test_serve_says_in_a_sentence_why_it_cannot(tmp_path: Path) -> None:
    fill(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for archive, sentence in (
            ("none.db", "there is no archive here"),
            ("archive.db", f"127.0.0.1:{port} cannot be used"),
        ):
            command = [COMMAND, "serve", "--archive", tmp_path / archive, "--port", str(port)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 1
            assert sentence in done.stderr
            assert done.stderr.count("\n") == 1


def test_ctrl_c_ends_it_well(tmp_path: Path) -> None:
    fill(tmp_path)
    command = [COMMAND, "serve", "--archive", tmp_path / "archive.db", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split(" is at ")[1].split()[0].rstrip("/")
        assert Site(url).get("/").status == 200
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=90) == ("", "")
    assert process.returncode == 0


def test_the_port_may_be_on_ipv6() -> None:
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    with listen("::1", 0) as listener:
        assert listener.family == socket.AF_INET6


def test_months_begin_where_the_zone_says() -> None:
    spans = list(month_spans("2024-12-31T16:00:00+00:00", "2025-02-01T00:00:00+00:00", "Asia/Makassar"))
    assert spans == [
        ("2025-01", "2024-12-31T16:00:00+00:00", "2025-01-31T16:00:00+00:00"),
        ("2025-02", "2025-01-31T16:00:00+00:00", "2025-02-28T16:00:00+00:00"),
    ]


@pytest.mark.parametrize(
    ("offset", "zone", "words"),
    [
        (480, "Asia/Makassar", "24 December 2025, 13:45 WITA"),
        (420, "Asia/Makassar", "24 December 2025, 12:45 UTC+07:00"),
        (None, "Asia/Jayapura", "24 December 2025, 14:45 WIT"),
        (None, None, "24 December 2025, 05:45 UTC"),
    ],
)
def test_times_are_told_in_the_outlets_zone(offset: int | None, zone: str | None, words: str) -> None:
    assert in_words("2025-12-24T05:45:09+00:00", offset, zone) == words
    assert in_words(None, offset, zone) == ""


def test_pieces_that_pages_are_made_of() -> None:
    assert marked("a \ue000b\ue001 [c] \ue000") == [("a ", False), ("b", True), (" [c] \ue000", False)]
    assert [web_address(url) for url in ("javascript:alert(1)", "HTTPS://a.example/", None)] == [
        None,
        "HTTPS://a.example/",
        None,
    ]
    assert in_month("nonsens") == ("0", {})
    assert paragraphs("") == []
    assert paragraphs("a | b\n\nc | d") == [{"rows": [["a", "b"], ["c", "d"]]}]
    assert paragraphs("Baris satu\nbaris dua")[0]["lines"] == ["Baris satu", "baris dua"]


def test_every_table_of_the_schema_is_described() -> None:
    schema = (HERE.parent / "schema.sql").read_text()
    tables = {table.name: table for table in read_schema(schema)}
    assert set(tables) == set(re.findall(r"^CREATE TABLE (\w+)", schema, re.MULTILINE))
    assert all(table.holds for table in tables.values())
    assert tables["articles"].columns["id"].startswith("cite this")
