"""The CDXJ index: its lines, and its blocks, of which each can be read alone."""

import gzip
import json

import pytest

from archive.export.cdxj import BLOCK_LINES, Entry, compress, index_lines


def entry(url: str, fetched_at: str = "2025-07-14T01:00:00+00:00", **fields: object) -> Entry:
    place = {"offset": 7, "length": 99, "file": "a.warc.gz", "record_digest": "sha256:0f"}
    given = {"mime": "text/html", "status": 200, "digest": "sha256:00ff", **place}
    return Entry(url=url, fetched_at=fetched_at, **given | fields)


def test_line_has_the_fields_of_replay_tools_as_text() -> None:
    [line] = index_lines([entry("https://warta.example/padi")])
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
    assert index_lines([entry(url)])[0].partition(" ")[0] == key


def test_lines_are_sorted_as_bytes_are_by_address_and_time() -> None:
    later, earlier = "2025-07-15T00:00:00+00:00", "2025-07-14T00:00:00+00:00"
    urls = ["https://warta.example/b", "https://warta.example/a/x", "https://warta.example/a", "https://kabar.example/"]
    lines = index_lines(entry(url, at) for url in urls for at in (later, earlier))
    assert lines == sorted(lines, key=str.encode)
    assert [line.split(" ")[1] for line in lines] == ["20250714000000", "20250715000000"] * 4


@pytest.mark.parametrize("count", [1, BLOCK_LINES, BLOCK_LINES + 1, 3 * BLOCK_LINES - 1])
def test_each_block_can_be_read_alone(count: int) -> None:
    lines = index_lines(entry(f"https://warta.example/{number}") for number in range(count))
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
