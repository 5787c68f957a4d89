"""Exported records: made readable where replay tools could not read them, emptied ones as they stand, and none lost."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import Row
from zipfile import ZipFile

import pytest

from archive.database import open_archive
from archive.export.wacz import export_wacz
from archive.export.warc import export_warc
from archive.query.choice import Choice
from archive.takedown import takedown
from archive.takedown.plan import tombstone
from archive.tombstones import put_tombstone
from archive.warc.files import members
from archive.warc.readable import CAPTURED_DIGEST, CHANGED_FROM
from archive.warc.records import TAKEN_DOWN, Record, decode
from kickcrawl.fingerprint import bytes_digest
from tests.support.captured import captures, warc_files, warcio_check
from tests.support.replayable import ENCODERS, Maker, Wanted, html, make_archive
from tests.support.storing import NOW


@pytest.fixture
def maker(tmp_path: Path) -> Iterator[Maker]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        yield Maker(archive)


def exported(maker: Maker, choice: Choice | None = None) -> dict[str, Record]:
    """Export and return the records of answers by their ids, each followed by its request."""
    maker.end()
    return read(maker.archive.path, choice)


def read(path: Path, choice: Choice | None = None) -> dict[str, Record]:
    (path.parent / "keluar").mkdir(exist_ok=True)
    warc = path.parent / "keluar" / "semua.warc.gz"
    with closing(open_archive(path, read_only=True)) as archive:
        export_warc(archive, choice or Choice(), warc)
    found = [decode(one[1]) for one in members(warc) if isinstance(one, tuple)]
    answers = {one.fields["WARC-Record-ID"]: one for one in found if one.kind not in ("request", "warcinfo")}
    asked = [one.fields["WARC-Concurrent-To"] for one in found if one.kind == "request"]
    assert asked == [*answers]
    return answers


def index(path: Path) -> list[dict[str, str]]:
    lines = (path.parent / "keluar" / "semua.cdxj").read_text().splitlines()
    return [json.loads(line.split(" ", 2)[2]) for line in lines]


@pytest.mark.parametrize("encoding", ["zstd", "deflate", "gzip", "br", None])
def test_payload_in_an_encoding_that_replay_tools_do_not_know_is_decoded(maker: Maker, encoding: str | None) -> None:
    body = html(1, maker.text(1))
    maker.keep(maker.url(1), body, maker.tick(), encoding=encoding)
    [record] = exported(maker).values()
    [row], [line] = captures(maker.archive.path), index(maker.archive.path)
    if encoding in ("gzip", "br", None):
        assert bytes_digest(record.payload) == row["digest"] == line["digest"]
        assert CHANGED_FROM not in record.fields
        assert record.header("Content-Encoding") == encoding
        return
    assert record.payload == body
    assert record.fields["WARC-Payload-Digest"] == line["digest"] == bytes_digest(body)
    assert record.fields[CAPTURED_DIGEST] == row["digest"] == bytes_digest(ENCODERS[encoding](body))
    assert record.fields[CHANGED_FROM] not in ("", record.fields["WARC-Record-ID"])
    assert record.headers == (
        ("Content-Type", "text/html; charset=utf-8"),
        ("X-Archive-Orig-Content-Encoding", encoding),
        ("X-Archive-Orig-Content-Length", str(row["length"])),
        ("Content-Length", str(len(body))),
    )


def test_body_that_is_not_what_its_header_says_stays_as_it_came(maker: Maker) -> None:
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "zstd"))
    maker.keep(maker.url(1), b"bukan zstd", maker.tick(), headers=headers)
    [record] = exported(maker).values()
    assert record.payload == b"bukan zstd"
    assert record.header("Content-Encoding") is None


def test_revisit_of_a_decoded_payload_has_its_digest_and_no_encoding(maker: Maker) -> None:
    body = html(1, maker.text(1))
    for _ in range(2):
        maker.keep(maker.url(1), body, maker.tick(), encoding="zstd")
    original, revisit = exported(maker).values()
    warcio_check(maker.archive.path.parent / "keluar" / "semua.warc.gz")
    assert (original.kind, revisit.kind, revisit.payload) == ("response", "revisit", b"")
    assert revisit.fields["WARC-Payload-Digest"] == original.fields["WARC-Payload-Digest"] == bytes_digest(body)
    assert revisit.fields["WARC-Refers-To-Target-URI"] == original.url
    assert revisit.header("Content-Encoding") is None
    assert {line["digest"] for line in index(maker.archive.path)} == {bytes_digest(body)}


def test_revisit_alone_of_a_chosen_article_brings_its_decoded_original(maker: Maker) -> None:
    text = maker.text(1)
    for url in ("https://warta.example/awal", "https://warta.example/akhir"):
        at = maker.tick()
        capture_id = maker.keep(url, html(1, text), at, encoding="zstd")
    maker.article(url, 1, at, capture_id, text)
    original, revisit = exported(maker, Choice(words="bernomor")).values()
    assert (original.url, revisit.url) == ("https://warta.example/awal", url)
    assert revisit.fields["WARC-Payload-Digest"] == original.fields["WARC-Payload-Digest"]


def test_page_as_built_is_shown_and_not_what_its_browser_got(maker: Maker) -> None:
    url, at = maker.url(1), maker.tick()
    maker.keep(url, html(1, "Memuat ..."), at)
    maker.keep("https://warta.example/app.js", b"muat()", at, mime="text/javascript")
    maker.keep(url, html(1, maker.text(1)), at, is_dom=True)
    assert [one.kind for one in exported(maker).values()] == ["response", "response", "resource"]
    assert [(one["url"], one["mime"]) for one in index(maker.archive.path)] == [
        (url, "text/html"), ("https://warta.example/app.js", "text/javascript"),
    ]  # fmt: skip
    shown = {record.url: record for record in exported(maker).values() if record.kind == "resource"}
    assert b"Berita bernomor" in shown[url].payload


def test_revisit_of_what_is_not_shown_is_exported_with_its_payload(maker: Maker) -> None:
    url, at, empty = maker.url(1), maker.tick(), html(1, "Memuat ..." * 50)
    maker.keep(url, empty, at, encoding="zstd")
    maker.keep(url, html(1, maker.text(1)), at, is_dom=True)
    maker.keep("https://warta.example/indeks", empty, maker.tick(), encoding="zstd")
    _, _, last = exported(maker).values()
    assert (last.kind, last.payload, last.header("Content-Encoding")) == ("response", empty, None)
    assert last.fields["WARC-Payload-Digest"] == bytes_digest(empty)
    assert "WARC-Profile" not in last.fields


@pytest.fixture(scope="module")
def buried(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Wanted]]:
    path = tmp_path_factory.mktemp("buried") / "archive.db"
    return path, make_archive(path, 10, ("takedown",))


def test_after_a_takedown_the_rest_and_the_tombstone_are_exported(
    buried: tuple[Path, list[Wanted]],
) -> None:
    path, wanted = buried
    records = read(path)
    [gone] = [one.url for one in wanted if one.says is None]
    assert [record.url for record in records.values() if TAKEN_DOWN in record.fields] == [gone]
    assert gone not in {line["url"] for line in index(path)}
    assert {line["url"] for line in index(path)} == {one.url for one in wanted if one.says}
    held = {bytes(one[1]) for file in warc_files(path) for one in members(file) if isinstance(one, tuple)}
    exported = {bytes(one[1]) for one in members(path.parent / "keluar" / "semua.warc.gz") if isinstance(one, tuple)}
    assert exported < held


def test_takedown_that_was_interrupted_is_exported_as_finished(
    maker: Maker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = maker.page(1, "article", "gzip")
    maker.page(2, "article", "gzip")
    maker.end()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(takedown, "finish", interrupt)
    article = maker.archive.text("SELECT article_id FROM article_urls WHERE url = :url", {"url": url})
    assert article is not None
    with pytest.raises(KeyboardInterrupt):
        takedown.take_down(maker.archive, article, "putusan", NOW, lambda _: None)
    first, second = read(maker.archive.path).values()
    assert (first.url, TAKEN_DOWN in first.fields, first.payload) == (url, True, b"")
    assert second.payload
    assert b"00001" not in (tmp_path / "keluar" / "semua.warc.gz").read_bytes()


def test_wacz_lists_no_page_that_cannot_be_shown(maker: Maker) -> None:
    for number in (1, 2):
        maker.page(number, "article", "gzip")
    maker.end()
    first = maker.archive.row("SELECT * FROM captures WHERE id = (SELECT min(capture_id) FROM articles)")
    assert first is not None
    empty_record(maker, first)  # as a takedown does that finds another article's paragraph in this page
    wacz = maker.archive.path.with_name("semua.wacz")
    assert export_wacz(maker.archive, Choice(), wacz) == 2
    with ZipFile(wacz) as package:
        _, *listed = map(json.loads, package.read("pages/pages.jsonl").decode().splitlines())
    assert [page["url"] for page in listed] == [maker.wanted[1].url]


def empty_record(maker: Maker, row: Row) -> None:
    path = warc_files(maker.archive.path)[0]
    with path.open("r+b") as file:
        file.seek(row["offset"])
        record = tombstone(decode(file.read(row["size"])), row["size"], row["fetched_at"])
        file.seek(row["offset"])
        file.write(record)
    told = {"article_id": "0123456789ab", "outlet": "warta", "reason": "", "taken_down_at": row["fetched_at"]}
    put_tombstone(
        maker.archive, told | {"digest": "", "traces": [], "urls": [], "native_id": None, "published_at": None}
    )
    values = {"file": row["file"], "offset": row["offset"], "digest": bytes_digest(record)}
    maker.archive.write("INSERT INTO replaced VALUES (:file, :offset, :digest, '0123456789ab', NULL)", values)
