"""The forms in which indexes of web archives are asked and answer."""

import json
from datetime import date
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from kickcrawl.webarchives.commoncrawl import CommonCrawlIndex
from kickcrawl.webarchives.indexed import Index, IndexFailed, hosts_of
from kickcrawl.webarchives.pywb import PywbIndex
from kickcrawl.webarchives.wayback import WaybackIndex, read_rows

SINCE = date(2024, 1, 2)
WAYBACK = WaybackIndex(base="https://web.example", hosts=("warta.example", "lama.example"), since=SINCE)
PYWB = PywbIndex(base="https://arsip.example/koleksi", hosts=("warta.example",), since=SINCE, today=date(2025, 6, 1))
COMMON = CommonCrawlIndex(
    base="https://index.example", data="https://data.example", hosts=("warta.example",), since=SINCE
)  # fmt: skip
NAMES = ["timestamp", "original", "mimetype", "statuscode", "digest"]
ROW = ["20240501083000", "http://warta.example:80/padi/", "text/html", "200", "Q4YULN754FHV2U6Q5JUT6Q2P57WEWNNY"]


def parameters(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def test_wayback_is_asked_for_pages_of_a_domain_from_a_day_on() -> None:
    asked = parameters(WAYBACK.ask(None))
    assert asked["url"] == ["warta.example"]
    assert asked["matchType"] == ["domain"]
    assert asked["from"] == ["20240101"]
    assert asked["collapse"] == ["digest"]
    assert "statuscode:200" in asked["filter"]


def test_wayback_rows_are_read_by_the_names_above_them() -> None:
    page = WAYBACK.read(200, json.dumps([NAMES, ROW]).encode(), None)
    (capture,) = page.captures
    assert capture.captured_at == "2024-05-01T08:30:00+00:00"
    assert capture.target == "http://warta.example:80/padi/"
    assert capture.address == "https://web.example/web/20240501083000id_/http://warta.example:80/padi/"
    assert capture.is_page
    assert parameters(WAYBACK.ask(page.cursor))["url"] == ["lama.example"]  # the next host


def test_wayback_goes_on_with_the_key_behind_an_empty_row() -> None:
    key = "example%2Cwarta%29%2Fpadi+20240501083000%21"
    page = WAYBACK.read(200, json.dumps([NAMES, ROW, [], [key]]).encode(), None)
    assert len(page.captures) == 1
    asked = dict(parse_qsl(urlsplit(WAYBACK.ask(page.cursor)).query))
    assert asked["resumeKey"] == "example,warta)/padi 20240501083000!"
    assert asked["url"] == "warta.example"


def test_wayback_index_in_its_other_order_of_columns() -> None:
    rows, key = read_rows(200, b'[["original", "timestamp"], ["http://warta.example/", "20240501083000"]]')
    assert rows == [{"url": "http://warta.example/", "timestamp": "20240501083000"}]
    assert key is None


@pytest.mark.parametrize("body", [b"", b"[]", b"\n"])
def test_wayback_index_that_has_nothing_says_so(body: bytes) -> None:
    assert WAYBACK.read(200, body, None).captures == ()


BROKEN: dict[str, tuple[Index, int, bytes]] = {
    "wayback, an error page": (WAYBACK, 200, b"<html>Temporarily unavailable</html>"),
    "wayback, cut off": (WAYBACK, 200, b'[["timestamp", "original"], ["2024'),
    "wayback, a status": (WAYBACK, 504, b""),
    "wayback, other names": (WAYBACK, 200, b'[["a", "b"], ["c", "d"]]'),
    "pywb, a status": (PYWB, 404, b'{"message": "No such collection"}'),
    "pywb, cut off": (PYWB, 200, b'{"url": "http://warta.example/", "times'),
    "common crawl, no list": (COMMON, 200, b"<html>"),
    "common crawl, a status": (COMMON, 503, b""),
}


@pytest.mark.parametrize(("index", "status", "body"), BROKEN.values(), ids=BROKEN)
def test_answer_that_is_none_fails(index: Index, status: int, body: bytes) -> None:
    with pytest.raises(IndexFailed):
        index.read(status, body, None)


def test_pywb_is_asked_year_by_year() -> None:
    cursor, asked = None, []
    while cursor is not None or not asked:
        asked.append(parameters(PYWB.ask(cursor)))
        cursor = PYWB.read(200, b"", cursor).cursor
    assert [(one["from"][0], one["to"][0]) for one in asked] == [("20240101", "20241231"), ("20250101", "20251231")]
    assert asked[0]["filter"] == ["=status:200"]


def test_pywb_lines_lead_to_the_page_as_it_was() -> None:
    line = (
        b'{"timestamp": "20240501083000", "url": "http://warta.example/padi/", "mime": "text/html", "status": "200"}\n'
    )
    (capture,) = PYWB.read(200, line, None).captures
    assert capture.address == "https://arsip.example/koleksi/20240501083000id_/http://warta.example/padi/"
    assert capture.digest is None


def test_common_crawl_is_asked_crawl_by_crawl_and_page_by_page() -> None:
    crawls = [
        {"id": "CC-MAIN-2025-05", "cdx-api": "https://index.example/CC-MAIN-2025-05-index"},
        {"id": "CC-MAIN-2024-10", "cdx-api": "https://index.example/a-index", "to": "2024-03-05T11:47:56"},
        {"id": "CC-MAIN-2023-50", "cdx-api": "https://index.example/b-index", "to": "2023-12-12T00:00:00"},
    ]
    line = {"timestamp": "20250115083000", "url": "https://warta.example/padi", "mime": "text/html", "status": "200"}
    line |= {"digest": "Q4YULN754FHV2U6Q5JUT6Q2P57WEWNNY", "length": "1500", "offset": "200", "filename": "x.warc.gz"}
    assert COMMON.ask(None) == "https://index.example/collinfo.json"
    cursor = COMMON.read(200, json.dumps(crawls).encode(), None).cursor
    assert parameters(COMMON.ask(cursor))["showNumPages"] == ["true"]
    cursor = COMMON.read(200, b'{"pages": 2, "pageSize": 5, "blocks": 7}', cursor).cursor
    assert parameters(COMMON.ask(cursor))["page"] == ["0"]
    page = COMMON.read(200, json.dumps(line).encode() + b"\n", cursor)
    assert page.captures[0].address == "https://data.example/x.warc.gz#bytes=200-1699"
    cursor = COMMON.read(200, b"", page.cursor).cursor
    assert COMMON.ask(cursor).startswith("https://index.example/a-index?")
    assert COMMON.read(404, b'{"message": "No Captures found for: warta.example/*"}', cursor).cursor is None


def test_common_crawl_that_holds_nothing_since_then_is_done() -> None:
    old = [{"id": "CC-MAIN-2019-13", "cdx-api": "https://index.example/CC-MAIN-2019-13-index"}]
    assert COMMON.read(200, json.dumps(old).encode(), None).cursor is None


def test_site_with_and_without_www_is_asked_for_once() -> None:
    assert hosts_of({"www.warta.example", "warta.example", "127.0.0.1:8831"}) == ("127.0.0.1:8831", "warta.example")
