"""A crawl asks whether answers have changed, where validators are known to tell it; it archives the same."""

import hashlib
import sqlite3
from contextlib import closing
from email.message import Message
from pathlib import Path

import pytest
from click.testing import CliRunner

from spiders.cli import main
from tests.support.captured import captures, check_captures, warc_files, warcio_check
from tests.support.crawling import crawl, rows, value
from tests.support.scripted import Answer, ByHeaders, newsroom, nothing, scripted, story

pytestmark = [pytest.mark.crawl, pytest.mark.slow]

PATHS = ("/cerita-tetap", "/cerita-disunting", "/cerita-bohong")
CHANGED = "Sun, 06 Jul 2025 08:00:00 GMT"


def titled(path: str) -> str:
    return f"Panen bawang di {path.strip('/')} melimpah tahun ini"


class Server:
    """Has honest ETags, but for one page whose Last-Modified never changes. Notes on what condition it was asked."""

    def __init__(self) -> None:
        self.run = 0
        self.base = ""
        self.asked: list[tuple[int, str, str | None, int]] = []  # run, path, condition, status

    def answer(self, path: str, turn: int) -> ByHeaders:
        def reply(headers: Message) -> Answer:
            made = self._made(path, turn)
            condition = headers["If-None-Match"] or headers["If-Modified-Since"]
            if made.status == 200 and condition in made.headers.values():
                made = Answer("", 304, made.headers)
            self.asked.append((self.run, path, condition, made.status))
            return made

        return reply

    def _made(self, path: str, turn: int) -> Answer:
        if path == "/sitemap.xml":
            urls = "".join(f"<url><loc>{self.base}{path}</loc></url>" for path in PATHS)
            made = Answer(f"<urlset>{urls}</urlset>", kind="text/xml")
        elif path in PATHS:
            edits = {"/cerita-disunting": int(self.run >= 3), "/cerita-bohong": self.run}.get(path, 0)
            more = f"<p>Sunting ke-{edits}: harga bawang turun menjadi {edits} ribu rupiah di pasar.</p></article>"
            made = Answer(str(story(titled(path)).body).replace("</article>", more))
        else:
            found = newsroom({}, nothing)(path, turn)
            assert isinstance(found, Answer)
            made = found
        if path == "/cerita-bohong":
            return Answer(made.body, headers={"Last-Modified": CHANGED})
        tag = hashlib.md5(str(made.body).encode()).hexdigest()
        return Answer(made.body, made.status, {"ETag": f'W/"{tag}"'}, made.kind)

    def told(self, run: int) -> dict[str, tuple[str | None, int]]:
        return {path: (condition, status) for at, path, condition, status in self.asked if at == run}


def ask_again(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as connection, connection:
        connection.execute("UPDATE frontier SET state = 'due', due_at = '2020-01-01T00:00:00+00:00'")


def test_what_has_not_changed_is_not_sent_again_and_what_has_is_archived(tmp_path: Path) -> None:
    archive, server = tmp_path / "archive.db", Server()
    with scripted(server.answer) as site:
        server.base = site.base
        for server.run in (1, 2, 3, 4):
            if server.run > 1:
                ask_again(archive)
            done = crawl(archive, site.base)
            assert done.status == 0, done.err
    first, second, third, fourth = (server.told(run) for run in (1, 2, 3, 4))
    assert not [path for told in (first, second) for path, (condition, _) in told.items() if condition]
    held = {path for path, (_, status) in third.items() if status == 304}
    assert held >= {"/robots.txt", "/sitemap.xml", "/cerita-tetap"}
    assert third["/cerita-disunting"][0] is not None
    assert third["/cerita-disunting"][1] == 200
    assert third["/cerita-bohong"] == (None, 200)
    assert fourth["/cerita-tetap"] == (None, 200)  # confirmed once, so it is looked at after one 304
    requests = [sum(at == run for at, *_ in server.asked) for run in (2, 3, 4)]
    assert max(requests[1:]) <= requests[0]

    found = {row["url"].removeprefix(site.base): row["revision"] for row in rows(archive, "SELECT * FROM articles")}
    assert found == {"/cerita-tetap": 1, "/cerita-disunting": 2, "/cerita-bohong": 4}
    again = [row for row in captures(archive) if row["status"] == 304]
    assert {row["url"].removeprefix(site.base) for row in again} == held
    assert all(row["original_id"] and row["length"] and row["content_type"] for row in again)
    check_captures(archive)
    warcio_check(*warc_files(archive))

    new, copy = tmp_path / "baru" / "archive.db", tmp_path / "salinan.warc.gz"
    run = CliRunner().invoke
    assert run(main, ["verify", "--archive", str(archive)]).exit_code == 0
    assert run(main, ["export", "--warc", str(copy), "--archive", str(archive)]).exit_code == 0
    warcio_check(copy)
    assert '"status": "304"' not in copy.with_name("salinan.cdxj").read_text()
    done_again = run(main, ["rebuild", "--from", str(tmp_path / "warc"), str(new)])
    assert done_again.exit_code == 0, done_again.output
    assert captures(new) == captures(archive)
    for told in ("SELECT * FROM articles ORDER BY 1", "SELECT * FROM revisions ORDER BY 1, 2"):
        assert rows(new, told) == rows(archive, told)
    assert value(new, "SELECT count(*) FROM captures WHERE status = 304") == len(again)
