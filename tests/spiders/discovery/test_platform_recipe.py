"""The recipe "A platform" of docs/CONTRIBUTING.md: its file and its line suffice to recognise, propose and probe."""

import asyncio
import json
import re
import types
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from archive.runs import start_run
from archive.writer import Writer, acquire_writer, release_writer
from kickcrawl import CHECKOUT, platforms
from kickcrawl.article import Claim
from kickcrawl.claims.metadata import choose
from kickcrawl.errors import OutletError, SeedError
from kickcrawl.outlet import read_outlet
from kickcrawl.robots import read_robots
from kickcrawl.sites.outlet_file import to_toml
from kickcrawl.sites.recognise import Proposal
from spiders.discovery import Prober, discover
from spiders.plan import CrawlPlan
from spiders.run import OutletRun
from spiders.seed_reader import read_here
from spiders.survey import survey
from tests.support.storing import NOW, OUTLET

HOME = "https://warta.example/"
KEY = "22444f78447824223cefc48062"
ROBOTS = read_robots(404, b"", "kickcrawl")
FRONT = f"""<!doctype html><html lang="id"><head><title>Warta Uji</title><meta name="generator" content="Ghost 5.130">
<script src="https://cdn.example/ghost/portal@~2.51/umd/portal.min.js" data-key="{KEY}"></script></head>
<body><h1>Warta Uji</h1></body></html>"""
POSTS: list[dict[str, Any]] = [
    {
        "id": f"64f0c0{number:02d}", "title": f"Panen raya {number}",
        "url": f"{HOME}panen-raya-di-sembalun-{number:02d}/",
        "published_at": f"2025-07-{number + 1:02d}T09:30:00.000+08:00",
        "updated_at": f"2025-07-{number + 1:02d}T10:00:00.000+08:00",
        "visibility": "public", "authors": [{"name": "Siti Rahma"}], "tags": [{"name": "Panen"}],
    }
    for number in range(6)
]  # fmt: skip


class Ghost:
    """A Ghost site: its front page, and its content API with two posts a page."""

    def __init__(self) -> None:
        self.posts = list(POSTS)
        self.asked: list[str] = []

    async def fetch(self, url: str) -> Response:
        """Answer as the site would."""
        self.asked.append(url)
        path, _, query = url.removeprefix(HOME).partition("?")
        if path == "":
            return Response(url, body=FRONT.encode(), headers={"Content-Type": "text/html"})
        asked = dict(part.split("=") for part in query.split("&")) if query else {}
        if path != "ghost/api/content/posts/" or asked.get("key") != KEY:
            return Response(url, status=404)
        order = "updated_at" if asked["order"].startswith("updated") else "published_at"
        posts, page = sorted(self.posts, key=lambda post: str(post[order]), reverse=True), int(asked["page"])
        meta = {"pagination": {"total": len(posts), "next": page + 1 if page * 2 < len(posts) else None}}
        answer = {"posts": posts[page * 2 - 2 : page * 2], "meta": meta}
        return Response(url, body=json.dumps(answer).encode(), headers={"Date": "Sat, 02 Aug 2025 00:00:00 GMT"})


@pytest.fixture
def ghost(monkeypatch: pytest.MonkeyPatch) -> Ghost:
    """Register the platform of the recipe; return a site of that kind."""
    recipe = (CHECKOUT / "docs" / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("### A platform")[2]
    file, line = re.findall(r"```python\n(.+?)```", recipe, re.DOTALL)[:2]
    module = types.ModuleType("kickcrawl.platforms.ghost")
    exec(compile(file, "ghost.py", "exec"), module.__dict__)
    names = re.findall(r"^    ([A-Z]+),$", line, re.MULTILINE)
    registered = tuple(getattr(platforms, name, None) or getattr(module, name) for name in names)
    assert set(platforms.PLATFORMS) < set(registered)
    monkeypatch.setattr(platforms, "PLATFORMS", registered)
    return Ghost()


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    path = tmp_path / "archive.db"
    writer = acquire_writer(path)
    start_run(writer.archive, OUTLET, {}, NOW)
    yield writer
    release_writer(path)


def propose(ghost: Ghost) -> Proposal:
    return asyncio.run(survey(HOME, ghost.fetch, read_here, ROBOTS))


def crawl(ghost: Ghost, writer: Writer) -> OutletRun:
    """Discover what the site has, with the outlet that was proposed for it."""
    outlet = propose(ghost).outlet.model_copy(update={"slug": "warta"})
    ghost.asked.clear()
    run = OutletRun(outlet=outlet)
    plan = CrawlPlan(outlets=(outlet,), archive=writer.archive.path, arguments={})
    asyncio.run(discover(Prober(run, plan, writer, ghost.fetch), ROBOTS))
    assert run.failure is None
    return run


def named(writer: Writer) -> dict[str, str]:
    rows = writer.archive.rows("SELECT url, state FROM frontier")
    return {row["url"].removeprefix(HOME): row["state"] for row in rows}


def test_site_is_recognised_by_its_marks_and_gets_the_platforms_seeds(ghost: Ghost) -> None:
    found = propose(ghost)
    assert (found.outlet.platform, found.mark) == ("ghost", "its generator tag")
    assert found.outlet.seeds.posts == {"ghost": f"/ghost/api/content/posts/?key={KEY}"}
    assert {trial.seed: trial.total for trial in found.trials if trial.covers} == {"ghost": len(POSTS)}
    assert found.newest[0].title == "Panen raya 5"
    assert not found.outlet.classify(f"{HOME}ghost/dashboard-warta-uji/").is_article


def test_outlet_file_says_the_same(ghost: Ghost, tmp_path: Path) -> None:
    outlet, file = propose(ghost).outlet.model_copy(update={"slug": "warta"}), tmp_path / "warta.toml"
    file.write_text(to_toml(outlet, "dari uji"))
    assert read_outlet(file) == outlet


def test_all_posts_are_named_once_and_later_only_what_changed(ghost: Ghost, writer: Writer) -> None:
    first = crawl(ghost, writer)
    assert [(report.seed, report.named, report.covers) for report in first.seeds][0] == ("ghost", 6, True)
    assert named(writer) == {post["url"].removeprefix(HOME): "due" for post in POSTS}
    new = POSTS[0] | {"id": "64f0c099", "url": f"{HOME}harga-cabai-naik-lagi/", "published_at": "2025-08-01T01:00:00Z"}
    ghost.posts = [new | {"updated_at": "2025-08-01T01:00:00Z"}, POSTS[5] | {"visibility": "paid"}, *POSTS[:5]]
    second = crawl(ghost, writer)
    assert (second.seeds[0].new, second.seeds[0].covers) == (1, True)
    assert sum("/ghost/api/" in url for url in ghost.asked) < 4
    assert named(writer)["harga-cabai-naik-lagi/"] == "due"
    assert named(writer)["panen-raya-di-sembalun-05/"] == "excluded"


def test_withdrawn_post_is_seen_by_the_total(ghost: Ghost, writer: Writer) -> None:
    crawl(ghost, writer)
    ghost.posts = POSTS[:2] + POSTS[3:]
    crawl(ghost, writer)
    assert any("order=id" in url for url in ghost.asked)


def test_its_word_is_believed_before_the_pages_but_for_the_modified_time(ghost: Ghost) -> None:
    ours = propose(ghost).newest[0].claims
    page = [replace(claim, source="json-ld", value="lain") for claim in ours if claim.field in ("title", "modified_at")]
    assert choose([*page, *ours], "title") == Claim(field="title", value="Panen raya 5", source="ghost")
    assert choose([*ours, *page], "modified_at") in page


def test_answer_that_is_no_list_of_posts_is_refused(ghost: Ghost) -> None:
    posts = platforms.posts_lists()["ghost"]
    for body in (b"", b"[]", b'{"posts": [{"url": "rusak"}], "meta": {"pagination": {"total": 1}}}'):
        with pytest.raises(SeedError, match="no list of posts"):
            posts.read(body, HOME, {}, "UTC")


@pytest.mark.parametrize(
    ("line", "words"), [('[seeds]\nghost = "/x"', "no such key"), ('platform = "ghost"', "wordpress, blogger")]
)
def test_without_the_line_outlet_files_cannot_name_the_platform(tmp_path: Path, line: str, words: str) -> None:
    file = tmp_path / "warta.toml"
    file.write_text(f'name = "Warta"\nhome = "{HOME}"\n{line}\n')
    with pytest.raises(OutletError, match=words):
        read_outlet(file)
