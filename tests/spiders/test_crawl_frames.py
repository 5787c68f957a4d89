"""A newsroom whose pages are empty until JavaScript fills them: the run says what to do, and the next archives all."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.crawling import crawl, rows
from tests.support.scripted import WORDS, Answer, scripted

pytestmark = [
    pytest.mark.crawl,
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed"),
]

PLACES = ("Sembalun", "Pringgabaya", "Selong", "Masbagik")
SCRIPT = """
const at = location.pathname.split("/").pop(), room = document.querySelector("main");
const write = all => room.innerHTML = at in all
    ? `<article><h1>${all[at][0]}</h1><p>${all[at][1]}</p></article>`
    : Object.keys(all).map(n => `<h2><a href="/warta/${n}">${all[n][0]}</a></h2>`).join("");
fetch("/isi.json").then(answer => answer.json()).then(write);
"""
FRAME = f"""<!doctype html><html><head><title>Warta</title><script defer src="/rakit.js"></script></head>
<body><nav>{'<a href="/rubrik">Rubrik</a> ' * 9}</nav><main></main><footer>Redaksi Warta, Mataram</footer></body></html>
"""
OUTLET_FILE = """
name = "Warta"
home = "{home}/"
delay = 0
{render}
[urls]
article = ["^/warta/"]
"""


def answer(path: str, _turn: int) -> Answer:
    articles = {str(n): [f"Panen bawang di {place} melimpah", f"{place}: {WORDS}"] for n, place in enumerate(PLACES)}
    if path == "/rakit.js":
        return Answer(SCRIPT, kind="text/javascript")
    if path == "/isi.json":
        return Answer(json.dumps(articles), kind="application/json")
    if path == "/" or path.startswith("/warta/"):
        return Answer(FRAME)
    return Answer("", 404)


def sitemap(base: str) -> Answer:
    entries = "".join(f"<url><loc>{base}/warta/{n}</loc></url>" for n in range(len(PLACES)))
    return Answer(f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</urlset>", kind="text/xml")


@pytest.mark.parametrize("has_sitemap", [True, False], ids=["sitemap", "front page alone"])
def test_frames_are_told_and_archived_once_the_file_says_render(tmp_path: Path, has_sitemap: bool) -> None:
    archive, file = tmp_path / "archive.db", tmp_path / "warta.toml"

    def answers(path: str, turn: int) -> Answer:
        return sitemap(site.base) if has_sitemap and path == "/sitemap.xml" else answer(path, turn)

    given: dict[str, Any] = {"spider": "warta", "settings": {"OUTLETS": tmp_path}}
    with scripted(answers) as site:
        seeds = '[seeds]\nsitemaps = ["/sitemap.xml"]' if has_sitemap else ""
        file.write_text(OUTLET_FILE.format(home=site.base, render="") + seeds)
        plain = crawl(archive, **given)
        file.write_text(OUTLET_FILE.format(home=site.base, render="render = true") + seeds)
        built = crawl(archive, **given)
    assert plain.status == 1
    assert "empty until JavaScript fills" in plain.sentences[0]
    assert "write `render = true` in its" in plain.sentences[0]
    titles = {row["title"] for row in rows(archive, "SELECT title FROM articles")}
    assert titles == {f"Panen bawang di {place} melimpah" for place in PLACES}, built.err
    assert (built.status == 0) is has_sitemap  # a list without a next page covers nothing by itself
