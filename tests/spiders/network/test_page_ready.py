"""Waiting for a page that scripts build, in a real browser: also one whose script leads on to another address."""

import asyncio
import shutil

import pytest
from playwright.async_api import async_playwright

from spiders.network.browser import BROWSERS
from spiders.network.page_ready import Activity
from tests.support.scripted import Answer, scripted

CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)

pytestmark = [
    pytest.mark.crawl,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: apt-get install chromium"),
]

LEADS_ON = "<body><p>Sebentar.</p><script>setTimeout(() => location.replace('/berita'), 700)</script>"


def answer(path: str, _turn: int) -> Answer:
    return Answer("<body><h1 id=ada>Panen Raya</h1>" if path == "/berita" else LEADS_ON)


async def shown(address: str, selector: str) -> str:
    """Return what stands at *address* when it shows *selector*, or is quiet."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page, activity = await browser.new_page(), Activity()
        page.on("request", activity.began)
        page.on("requestfinished", activity.ended)
        page.on("requestfailed", activity.ended)
        page.on("response", activity.answered)
        await page.goto(address, wait_until="domcontentloaded")
        await activity.until_shown(page, "selector => document.querySelector(selector) !== null", selector, 60_000)
        text = await page.inner_text("body")
        await browser.close()
        return text


@pytest.mark.parametrize("selector", ["#ada", pytest.param("#tiada", marks=pytest.mark.slow)])
def test_a_page_that_leads_on_by_script_is_waited_for_where_it_leads(selector: str) -> None:
    with scripted(answer) as site:
        assert asyncio.run(shown(f"{site.base}/", selector)) == "Panen Raya"
