"""The newsroom as an application in the browser: article pages are empty until JavaScript has built them from JSON.

with serve(kind=Scripted) as site:
    site.tracker = "http://127.0.0.1:9"  # what the pages also try to reach, in every way that they have
    site.broken = True                   # the JSON answers are errors, so that no article ever appears

Besides the articles, the pages ask for pictures, fonts and whatever the tracker serves.
"""

from __future__ import annotations

import json
import re

from .exchange import JSON, Answer, Request, html_page, moved
from .site import Newsroom

DATA = "/data/"

_SHELL = """<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><title>Memuat</title>
<style>@font-face {{ font-family: Kabar; src: url({base}/huruf.woff2) }} body {{ font-family: Kabar }}</style></head>
<body><div id="app"><p>Sedang memuat berita, mohon tunggu sebentar.</p></div>
<img src="{base}/wp-content/uploads/piksel.png" alt="">
<script>
const tracker = "{tracker}";
if (tracker) {{
    for (const path of ["/gambar.png", "/skrip.js"]) {{
        const node = document.createElement(path.endsWith("js") ? "script" : "img");
        node.src = tracker + path;
        document.body.append(node);
    }}
    document.body.append(Object.assign(document.createElement("iframe"), {{ src: tracker + "/bingkai" }}));
    fetch(tracker + "/kabar").catch(() => null);
    navigator.sendBeacon(tracker + "/hitung", "1");
    try {{ new WebSocket(tracker.replace("http", "ws") + "/soket"); }} catch (error) {{ }}
    window.open(tracker + "/jendela");
}}
fetch("{data}").then(answer => answer.json()).then(async story => {{
    document.title = story.title;
    document.body.className = story.classes;
    const app = document.getElementById("app");
    app.innerHTML = story.main;
    const body = app.querySelector(".entry-content");
    const parts = [...body.childNodes];
    body.replaceChildren();
    for (const part of parts) {{  // piece by piece, as a slow telephone shows it
        body.append(part);
        await new Promise(requestAnimationFrame);
    }}
    const about = document.createElement("script");
    about.type = "application/ld+json";
    about.textContent = story.about;
    document.head.append(about);
    app.dataset.ready = "1";
}});
</script></body></html>
"""


class Scripted(Newsroom):
    """A newsroom whose article pages are built in the browser; its seeds are as ever."""

    tracker = ""
    broken = False

    def lead(self, url: str, elsewhere: str) -> None:
        """Answer *url* with a redirect to *elsewhere* from now on."""
        self.led = {**self.led, url.removeprefix(self.base): elsewhere}

    led: dict[str, str] = {}  # noqa: RUF012  (replaced, never changed)

    def visit(self, request: Request) -> Answer:
        if request.path in self.led:
            return moved(self.led[request.path])
        if request.path.startswith(DATA):
            if self.broken:
                return Answer(500, b"{}", JSON)
            page = super().visit(Request("GET", "/" + request.target.removeprefix(DATA), request.headers))
            return Answer(200, json.dumps(parts_of(page.body.decode())).encode(), JSON)
        answer = super().visit(request)
        if answer.status != 200 or b"single-post" not in answer.body:
            return answer
        data = f"{self.base}{DATA}{request.target.lstrip('/')}"
        return html_page(_SHELL.format(base=self.base, tracker=self.tracker, data=data))


def parts_of(page: str) -> dict[str, str]:
    """Return what the application needs of a post's page."""

    def part(pattern: str) -> str:
        match = re.search(pattern, page, flags=re.S)
        return match[1] if match else ""

    return {
        "title": part(r"<title>(.*?)</title>"),
        "classes": part(r'<body class="(.*?)"'),
        "main": part(r"<main[^>]*>(.*?)</main>"),
        "about": part(r'<script type="application/ld\+json"[^>]*>(.*?)</script>'),
    }
