"""Answers that are odd on the wire: cookies that are wanted back, wrong lengths, a status of a proxy, large headers."""

import gzip
from collections.abc import Callable
from email.message import Message
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.warc.files import Damage, members
from archive.warc.records import TRUNCATED, decode
from spiders.cli import main
from tests.support.captured import check_captures, warc_files, warcio_check
from tests.support.crawling import crawl, rows, value
from tests.support.scripted import Answer, ByHeaders, newsroom, nothing, scripted, story

pytestmark = [pytest.mark.crawl, pytest.mark.slow]

PASS = {"Set-Cookie": "lewat=1; Path=/"}


def titled(path: str) -> str:
    return f"Panen bawang di {path.strip('/')} melimpah tahun ini"


def gated(path: str, way: Answer) -> Callable[[int], ByHeaders]:
    """Show the story only to who sends the cookie; *way* sets it and leads there."""
    return lambda _turn: lambda headers: story(titled(path)) if "lewat=1" in (headers["Cookie"] or "") else way


def refresh(to: str, **headers: str) -> Answer:
    return Answer(f'<html><head><meta http-equiv="refresh" content="0; url={to}"></head></html>', headers=headers)


def sent_as(path: str, **headers: str) -> Callable[[int], Answer]:
    return lambda _turn: Answer(story(titled(path)).body, headers={"Connection": "close", **headers})


def chunked(path: str, *, is_whole: bool) -> Callable[[int], Answer]:
    body = bytes(str(story(titled(path)).body), "utf-8")
    sent = body if is_whole else body[: len(body) // 2]
    head = {"Connection": "close", "Content-Length": "", "Transfer-Encoding": "chunked"}
    return lambda _turn: Answer(b"%x\r\n%s\r\n" % (len(sent), sent), headers=head)


def packed(path: str, *, is_whole: bool) -> Callable[[int], Answer]:
    """Send the story in gzip, the first time cut in the middle, with the length that is sent."""
    body = gzip.compress(bytes(str(story(titled(path)).body), "utf-8"), mtime=0)
    half = body[: len(body) // 2]
    return lambda turn: Answer(body if is_whole and turn > 1 else half, headers={"Content-Encoding": "gzip"})


def impatient(path: str) -> Callable[[int], Answer]:
    """Reload itself for ever, with a new value of its cookie each time: a page all the same."""
    page = str(story(titled(path)).body).replace("<head>", '<head><meta http-equiv="refresh" content="1">')
    return lambda turn: Answer(page, headers={"Set-Cookie": f"kunjungan={turn}"})


STORIES: dict[str, Callable[[int], Answer | ByHeaders]] = {
    "/kue-sendiri": gated("/kue-sendiri", Answer("", 302, {"Location": "/kue-sendiri", **PASS})),
    "/kue-lewat-cek": gated("/kue-lewat-cek", Answer("", 307, {"Location": "/cek", **PASS})),
    "/kue-muat-ulang": gated("/kue-muat-ulang", refresh("/kue-muat-ulang", **PASS)),
    "/muat-ulang-terus": impatient("/muat-ulang-terus"),
    "/panjang-salah": sent_as("/panjang-salah", **{"Content-Length": "9999"}),
    "/potongan-tanpa-akhir": chunked("/potongan-tanpa-akhir", is_whole=True),
    "/potongan-terputus": chunked("/potongan-terputus", is_whole=False),
    "/gzip-terputus-sekali": packed("/gzip-terputus-sekali", is_whole=True),
    "/gzip-terputus": packed("/gzip-terputus", is_whole=False),
    "/katanya-gzip": sent_as("/katanya-gzip", **{"Content-Encoding": "gzip"}),
    "/lewat-perantara": lambda _turn: Answer(story(titled("/lewat-perantara")).body, 203),
    "/kepala-besar": sent_as("/kepala-besar", **{"Content-Security-Policy": "img-src " + "https://a.example " * 4000}),
    "/kepala-terlalu-besar": sent_as("/kepala-terlalu-besar", **{"X-Sampah": "sampah " * 40_000}),
}
LOST = {"/potongan-terputus", "/kepala-terlalu-besar", "/gzip-terputus"}


def extra(path: str, turn: int) -> Answer | None:
    return Answer("", 302, {"Location": "/kue-lewat-cek"}) if path == "/cek" else nothing(path, turn)


def test_what_came_whole_is_archived_however_it_was_sent(tmp_path: Path) -> None:
    archive, cookies = tmp_path / "archive.db", []

    def answer(path: str, turn: int) -> Answer | ByHeaders:
        def note(headers: Message) -> Answer:
            cookies.append((path, headers["Cookie"]))
            if path == "/sitemap.xml":
                places = "".join(f"<url><loc>{site.base}{path}</loc></url>" for path in STORIES)
                return Answer(f"<urlset>{places}</urlset>", kind="text/xml")
            reply = newsroom(STORIES, extra)(path, turn)
            return reply if isinstance(reply, Answer) else reply(headers)

        return note

    with scripted(answer) as site:
        done = crawl(archive, site.base, settings={"RETRY_TIMES": 1})
    assert done.status == 0, done.err
    archived = {row["url"].removeprefix(site.base): row["title"] for row in rows(archive, "SELECT * FROM articles")}
    assert archived == {path: titled(path) for path in STORIES if path not in LOST}

    first: dict[str, str | None] = {}
    for path, cookie in cookies:
        first.setdefault(path, cookie)
    assert {path for path, cookie in first.items() if cookie} == {"/cek"}  # on the way to its story
    left = {
        row["url"].removeprefix(site.base): (row["state"], row["doubt"], row["reason"])
        for row in rows(archive, "SELECT * FROM frontier WHERE state <> 'done'")
    }
    assert left["/potongan-terputus"][:2] == left["/gzip-terputus"][:2] == ("due", "unreadable")
    assert left.keys() == LOST
    assert not [reason for _, _, reason in left.values() if "<" in reason or "[" in reason or not reason]

    check_captures(archive)
    warcio_check(*warc_files(archive))
    found = [found for path in warc_files(archive) for found in members(path)]
    records = [decode(item[1]) for item in found if not isinstance(item, Damage)]
    cut = {record.url.removeprefix(site.base) for record in records if TRUNCATED in record.fields}
    assert cut == {"/panjang-salah", "/potongan-tanpa-akhir", "/potongan-terputus"}

    new = tmp_path / "baru" / "archive.db"
    built = CliRunner().invoke(main, ["rebuild", "--from", str(tmp_path / "warc"), str(new)])
    assert built.exit_code == 0, built.output
    told = "SELECT url, title, text FROM articles ORDER BY url"
    assert rows(new, told) == rows(archive, told)
    assert value(new, "SELECT count(*) FROM articles") == len(STORIES) - len(LOST)
