"""A site that is one empty page for every address until its scripts have run: recognised, read, and followed."""

import json
import shutil
import time
from pathlib import Path

import pytest

from spiders.network.browser import BROWSERS
from tests.support.crawling import crawl, rows, value
from tests.support.scripted import WORDS, Answer, Script, scripted

pytestmark = [
    pytest.mark.crawl,
    pytest.mark.slow,
    pytest.mark.skipif(
        not any(shutil.which(name) for name in BROWSERS), reason="no Chromium is installed: apt-get install chromium"
    ),
]

SHELL = """<!doctype html><html lang="id"><head><title>Kabar Uji</title></head>
<body><div id="app">Memuat …</div><script>
const app = document.getElementById("app"), here = location.pathname;
const line = s => `<h2><a href="/berita/${s.slug}">${s.title}</a></h2><p>${s.lead}</p>`;
function list(all, shown) {
    app.innerHTML = all.slice(0, shown).map(line).join("");
    if (shown >= all.length) return;
    const more = document.createElement("button");
    more.textContent = "Muat lagi";
    more.onclick = () => list(all, shown + 3);
    app.append(more);
}
fetch("/api/semua.json").then(answer => answer.json()).then(all => {
    if (here === "/") return list(all, 5);
    const story = all.find(s => here === "/berita/" + s.slug);
    if (!story) { app.innerHTML = "<h1>Halaman tidak ditemukan</h1>"; return; }
    document.title = story.title + " | Kabar Uji";
    const time = `<time datetime="${story.at}"></time>`;
    app.innerHTML = `<article><h1>${story.title}</h1>${time}<p>${story.text}</p></article>`;
});
</script></body></html>"""
TOWNS = ["Sembalun", "Sikur", "Praya", "Selong", "Gerung", "Tanjung", "Narmada", "Keruak"]


def stories(*withdrawn: str) -> list[dict[str, str]]:
    return [
        {
            "slug": f"panen-raya-bawang-di-{town.lower()}",
            "title": f"Panen Raya Bawang di {town} Melimpah",
            "lead": f"Warga {town} memanen bawang.",
            "text": f"{town}. {WORDS}",
            "at": f"2025-07-{20 - day:02d}T09:00:00+08:00",
        }
        for day, town in enumerate(TOWNS)
        if town not in withdrawn
    ]


@pytest.mark.slow
def test_site_built_by_scripts_is_archived_whole_and_a_withdrawal_is_seen_in_the_next_run(tmp_path: Path) -> None:
    archive, listed = tmp_path / "archive.db", stories()

    def answer(path: str, _turn: int) -> Answer:
        if path == "/robots.txt":
            return Answer("User-agent: *\nAllow: /\n", kind="text/plain")
        if path == "/api/semua.json":
            return Answer(json.dumps(listed), kind="application/json")
        return Answer(SHELL)

    def run(site: Script) -> dict[str, int]:
        crawl(
            archive, spider="news", arguments={"url": site.base + "/"}, settings={"DOWNLOAD_TIMEOUT": 120}, fresh=True
        )
        counts: dict[str, int] = json.loads(value(archive, "SELECT counts FROM runs ORDER BY id DESC"))
        return counts

    with scripted(answer) as site:
        assert run(site)["stored"] == len(TOWNS)
        listed = stories("Gerung")
        began = time.monotonic()
        assert run(site)["gone"] == 1
        assert time.monotonic() - began < 100  # not the time limit of a page that shows nothing
    assert value(archive, "SELECT count(*) FROM runs WHERE outcome = 'complete'") == 2  # the list's button was used up
    gone = rows(archive, "SELECT title FROM articles WHERE gone_at IS NOT NULL")
    assert [row["title"] for row in gone] == ["Panen Raya Bawang di Gerung Melimpah"]
    assert value(archive, "SELECT count(*) FROM articles WHERE text LIKE '%memanen bawang putih%'") == len(TOWNS)
