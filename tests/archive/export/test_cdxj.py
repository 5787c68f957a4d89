"""The CDXJ index: its lines, and its blocks, of which each can be read alone."""

import gzip
import json

import pytest

from archive.export.cdxj import BLOCK_LINES, Entry, compress, index_lines
from archive.export.keys import of_all, of_javascript, of_python


def entry(url: str, fetched_at: str = "2025-07-14T01:00:00+00:00", **fields: object) -> Entry:
    place = {"offset": 7, "length": 99, "file": "a.warc.gz", "record_digest": "sha256:0f", "run_id": 1}
    given = {"mime": "text/html", "status": 200, "digest": "sha256:00ff", **place}
    return Entry(url=url, fetched_at=fetched_at, **given | fields)


def test_line_has_the_fields_of_replay_tools_as_text() -> None:
    [line] = index_lines([entry("https://warta.example/padi")], of_python)
    key, stamp, fields = line.split(" ", 2)
    assert (key, stamp) == ("example,warta)/padi", "20250714010000")
    assert json.loads(fields) == {
        "url": "https://warta.example/padi", "mime": "text/html", "status": "200", "digest": "sha256:00ff",
        "length": "99", "offset": "7", "filename": "a.warc.gz",
        "recordDigest": "sha256:0f",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.warta.example:80/Padi/", "example,warta)/padi"),
        ("https://warta.example/?b=2&a=1", "example,warta)/?a=1&b=2"),
        ("https://warta.example:8443/", "example,warta:8443)/"),
        ("https://warta.example/panen%E2%80%93padi", "example,warta)/panen%e2%80%93padi"),
    ],
)
def test_address_is_turned_round_and_normalised(url: str, key: str) -> None:
    assert [*of_python(url)] == [key]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.warta.example:80/Padi/", "example,warta)/padi/"),
        ("https://www2.Warta.example/", "example,warta)/"),
        ("https://warta.example", "example,warta)/"),
        ("https://warta.example/?b=2&a=1&a", "example,warta)/?a&a=1&b=2"),
        ("https://warta.example/padi?", "example,warta)/padi"),
        ("https://warta.example/padi?;jsessionid=1#atas", "example,warta)/padi?;jsessionid=1"),
        ("https://warta.example:8443/a/../b/./", "example,warta:8443)/b/"),
        ("https://warta.example/panen%E2%80%93padi/", "example,warta)/panen%e2%80%93padi/"),
        ("urn:kickcrawl:takedown", "urn:kickcrawl:takedown"),
    ],
)
def test_address_is_normalised_as_replay_web_page_does(url: str, key: str) -> None:
    assert of_javascript(url) == key


def test_capture_stands_under_the_keys_of_all_readers() -> None:
    lines = index_lines([entry("https://warta.example/padi/"), entry("https://warta.example/air")], of_all)
    assert [line.split(" ")[0] for line in lines] == [
        "example,warta)/air", "example,warta)/padi", "example,warta)/padi/",
    ]  # fmt: skip


def test_page_as_built_is_indexed_and_what_its_browser_got_is_not() -> None:
    got = entry("https://warta.example/padi", status=200, offset=1)
    script = entry("https://warta.example/app.js", offset=2)
    built = entry("https://warta.example/padi", "2025-07-14T01:00:01+00:00", offset=3, is_built=True)
    before = entry("https://warta.example/padi", "2025-07-13T01:00:01+00:00", offset=4, run_id=0)
    lines = index_lines([got, script, built, before], of_python)
    assert [json.loads(line.split(" ", 2)[2])["offset"] for line in lines] == ["2", "4", "3"]


@pytest.mark.parametrize(("first", "second", "offset"), [(200, 200, "2"), (200, 301, "1"), (301, 200, "2")])
def test_of_an_address_and_second_one_is_shown(first: int, second: int, offset: str) -> None:
    url = "https://warta.example/padi"
    [line] = index_lines([entry(url, status=first, offset=1), entry(url, status=second, offset=2)], of_python)
    assert json.loads(line.split(" ", 2)[2])["offset"] == offset


def test_what_was_taken_down_and_answers_without_a_body_are_not_indexed() -> None:
    assert (
        index_lines([entry("https://a.example/", is_empty=True), entry("https://b.example/", status=304)], of_all) == []
    )


def test_lines_are_sorted_as_bytes_are_by_address_and_time() -> None:
    later, earlier = "2025-07-15T00:00:00+00:00", "2025-07-14T00:00:00+00:00"
    urls = ["https://warta.example/b", "https://warta.example/a/x", "https://warta.example/a", "https://kabar.example/"]
    lines = index_lines((entry(url, at) for url in urls for at in (later, earlier)), of_python)
    assert lines == sorted(lines, key=str.encode)
    assert [line.split(" ")[1] for line in lines] == ["20250714000000", "20250715000000"] * 4


@pytest.mark.parametrize("count", [1, BLOCK_LINES, BLOCK_LINES + 1, 3 * BLOCK_LINES - 1])
def test_each_block_can_be_read_alone(count: int) -> None:
    lines = index_lines((entry(f"https://warta.example/{number}") for number in range(count)), of_python)
    data, where = compress(lines, "index.cdx.gz")
    assert gzip.decompress(data).decode() == "".join(lines)
    _, *blocks = where.splitlines()
    assert len(blocks) == -(-count // BLOCK_LINES)
    for number, told in enumerate(blocks):
        key, _, fields = told.partition(" {")
        block = json.loads("{" + fields)
        read = gzip.decompress(data[block["offset"] :][: block["length"]]).decode().splitlines(keepends=True)
        assert read == lines[number * BLOCK_LINES :][:BLOCK_LINES]
        assert read[0].startswith(f"{key} ")
