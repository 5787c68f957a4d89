"""An article's page as it was captured: one click away, from the site's own address, or as a file."""

import asyncio
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page

from archive.site.replay_page import SentOnce, can_replay
from kickcrawl.fingerprint import article_id
from tests.support.browsing import CHROMIUM, open_tab
from tests.support.replayable import Wanted, make_archive
from tests.support.serving import Site, serving

KINDS = ("article", "brotli", "zstd", "rendered", "revisit")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Wanted]]:
    path = tmp_path_factory.mktemp("replay") / "archive.db"
    return path, make_archive(path, 1, KINDS)


@pytest.fixture(scope="module")
def site(made: tuple[Path, list[Wanted]]) -> Iterator[Site]:
    with serving(made[0], "--base-url", "/arsip/") as site:
        yield site


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed: apt-get install chromium")
    with open_tab() as tab:
        yield tab


def test_an_articles_captures_can_be_had_as_a_wacz(site: Site, made: tuple[Path, list[Wanted]]) -> None:
    wanted = made[1][0]
    with urlopen(f"{site.base}/arsip/article/{article_id(wanted.url)}.wacz", timeout=120) as answer:
        assert answer.headers["content-type"] == "application/wacz"
        package = zipfile.ZipFile(io.BytesIO(answer.read()))
    assert package.testzip() is None
    assert wanted.url in package.read("pages/pages.jsonl").decode()
    assert made[1][1].url not in package.read("pages/pages.jsonl").decode()


def test_the_file_goes_when_it_was_sent() -> None:
    folder = TemporaryDirectory()
    file = Path(folder.name) / "satu.wacz"
    file.write_bytes(b"isi")
    sent: list[bytes] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message.get("body", b""))

    asyncio.run(SentOnce(folder, file).asgi_send(send))
    assert b"".join(sent) == b"isi"
    assert not file.parent.exists()


@pytest.mark.skipif(can_replay(), reason="ReplayWeb.page is installed")
def test_without_the_component_the_page_offers_the_file_alone(site: Site, made: tuple[Path, list[Wanted]]) -> None:
    path = f"/arsip/article/{article_id(made[1][0].url)}"
    page = site.get(path).text
    assert f"{path}.wacz" in page
    assert f"{path}/replay" not in page
    assert site.get(f"{path}/replay").status == 404


@pytest.mark.skipif(not can_replay(), reason="ReplayWeb.page is not installed: make replay")
@pytest.mark.parametrize("number", range(len(KINDS)), ids=KINDS)
def test_a_captured_page_is_replayed_without_a_foreign_request(
    site: Site, tab: Page, made: tuple[Path, list[Wanted]], number: int
) -> None:
    wanted = next(one for one in made[1] if one.kind == KINDS[number])
    asked: list[str] = []
    tab.context.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{site.base}/arsip/article/{article_id(wanted.url)}")
    tab.get_by_role("link", name="Show the page as it was captured").click()
    frame = tab.frame_locator("replay-web-page iframe").frame_locator("replay-app-main iframe")
    frame.locator("p", has_text=wanted.says or "").wait_for(timeout=120_000)
    assert [url for url in asked if not url.startswith((f"{site.base}/", "data:", "blob:"))] == []
