"""The press of a region: hundreds of small outlets in one asyncio server, each on a loopback address of its own, and
some of them in trouble.

    python -m tests.newsroom.region --outlets 300 --dead 10 --slow 10 --busy 5 --hostile 5 --articles 10 --files FOLDER

Writes an outlet file for each into FOLDER, says "ready", and serves until it is interrupted. The hostile ones are
harmless to other software: bodies that drip or do not end, redirects and links that lead on for ever, noise. With
--log FILE it writes down which process asked which outlet, and when (visitors.py).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from tests.newsroom.visitors import Visitors

PORT = 8851
REGION = "XX-SIM"  # no bundled outlet is of it
HOSTILE = ("drip", "flood", "redirects", "maze", "noise")
SLOW_SECONDS = 20.0
FLOOD_BYTES = 64 << 20
SENTENCES = (
    "Warga Dusun {n} bergotong royong membersihkan saluran irigasi yang tersumbat sejak hujan deras pekan lalu.",
    "Kepala desa menyebut {n} hektare sawah mulai ditanami kembali setelah air mengalir sampai ke petak paling hilir.",
    "Harga cabai di pasar induk turun menjadi Rp{n}.500 per kilogram karena panen raya di tiga kecamatan.",
    "Dinas terkait menurunkan {n} petugas untuk mendata kerusakan dan menghitung kebutuhan bibit pengganti.",
    "Kelompok tani berharap gudang penyimpanan selesai dibangun sebelum musim tanam berikutnya dimulai.",
    "Camat meminta {n} perwakilan dusun hadir dalam musyawarah yang digelar di aula kantor desa pekan depan.",
    "Sejumlah pedagang memilih menunda penjualan sambil menunggu harga kembali naik menjelang akhir bulan.",
    "Jalan sepanjang {n} kilometer menuju lahan garapan kini dapat dilalui kendaraan roda empat.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """An outlet of the region. *kind*: well, silent (takes a connection and says nothing), closed (takes none), slow,
    busy (503), or one of HOSTILE."""

    number: int
    kind: str
    articles: int
    port: int = PORT

    @property
    def slug(self) -> str:
        return f"sim-{self.number:03}"

    @property
    def host(self) -> str:
        return f"127.20.{self.number // 250}.{self.number % 250 + 1}"

    @property
    def base(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def file(self) -> str:
        return (
            f'name = "Warta {self.number}"\nhome = "{self.base}/"\nregion = "{REGION}"\ndelay = 0\n[seeds]\n'
            'sitemaps = ["/sitemap.xml"]\nfeeds = ["/feed/"]\n[urls]\narticle = ["^/berita/"]\n'
        )

    def published(self, article: int) -> datetime:
        return datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=7 * article, minutes=self.number)

    def url(self, article: int) -> str:
        return f"{self.base}/berita/{article}-kabar-dari-dusun-{self.number}/"


def region(
    *, outlets: int, dead: int, slow: int, busy: int, hostile: int, articles: int, port: int = PORT
) -> list[Simulated]:
    """Return the outlets of a region of so many, the sick ones spread among them."""
    kinds = [("silent", "closed")[n % 2] for n in range(dead)] + ["slow"] * slow + ["busy"] * busy
    kinds += [HOSTILE[n % len(HOSTILE)] for n in range(hostile)]
    kinds += ["well"] * (outlets - len(kinds))
    Random(7).shuffle(kinds)
    return [Simulated(number=n, kind=kind, articles=articles, port=port) for n, kind in enumerate(kinds)]


def article_page(outlet: Simulated, article: int) -> str:
    rng = Random(outlet.number * 1000 + article)
    lines = [rng.choice(SENTENCES).format(n=rng.randint(2, 900)) for _ in range(12)]
    paragraphs = "".join(f"<p>{' '.join(lines[n : n + 3])}</p>" for n in range(0, 12, 3))
    title = f"Kabar {article} dari Dusun {outlet.number}: {lines[0][:60]}"
    when = outlet.published(article).isoformat()
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": when}
    head = f'<title>{title}</title><meta property="og:type" content="article">'
    head += f'<script type="application/ld+json">{json.dumps(data)}</script>'
    body = f'<h1>{title}</h1><time datetime="{when}">{when[:10]}</time><div class="isi">{paragraphs}</div>'
    footer = "<footer>Redaksi | Pedoman Media Siber</footer>"
    return f'<html lang="id"><head>{head}</head><body><article>{body}</article>{footer}</body></html>'


def list_page(outlet: Simulated) -> str:
    links = "".join(f'<h2><a href="{outlet.url(n)}">Kabar {n} dari dusun</a></h2>' for n in _newest(outlet))
    return f"<!DOCTYPE html><html><head><title>Warta {outlet.number}</title></head><body>{links}</body></html>"


def sitemap(outlet: Simulated) -> str:
    entries = "".join(
        f"<url><loc>{outlet.url(n)}</loc><lastmod>{outlet.published(n).isoformat()}</lastmod></url>"
        for n in range(outlet.articles)
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def feed(outlet: Simulated) -> str:
    items = "".join(
        f"<item><title>Kabar {n}</title><link>{outlet.url(n)}</link>"
        f"<pubDate>{outlet.published(n):%a, %d %b %Y %H:%M:%S +0000}</pubDate></item>"
        for n in _newest(outlet)
    )
    return f'<rss version="2.0"><channel><title>Warta {outlet.number}</title>{items}</channel></rss>'


def _newest(outlet: Simulated) -> list[int]:
    return list(range(outlet.articles))[::-1][:10]


def answer(outlet: Simulated, path: str) -> tuple[int, str, str]:
    """Return status, type and body of an outlet that is well."""
    if path == "/robots.txt":
        return 200, "text/plain", "User-agent: *\nAllow: /\n"
    if path == "/":
        return 200, "text/html", list_page(outlet)
    if path == "/sitemap.xml":
        return 200, "text/xml", sitemap(outlet)
    if path.startswith("/feed/"):
        return 200, "application/rss+xml", feed(outlet)
    number = path.removeprefix("/berita/").partition("-")[0]
    if path.startswith("/berita/") and number.isdecimal() and int(number) < outlet.articles:
        return 200, "text/html", article_page(outlet, int(number))
    return 404, "text/html", "<title>Tidak ditemukan</title>"


async def respond(outlet: Simulated, path: str, writer: asyncio.StreamWriter) -> None:
    """Answer as the outlet's kind does."""
    match outlet.kind:
        case "silent":
            await asyncio.sleep(3600)
        case "slow":
            await asyncio.sleep(SLOW_SECONDS)
            await _send(writer, *answer(outlet, path))
        case "busy":
            await _send(writer, 503, "text/html", "sibuk", "Retry-After: 120\r\n" if outlet.number % 2 else "")
        case "redirects":
            await _send(writer, 302, "text/html", "", f"Location: {outlet.base}{path.rstrip('/')}/lagi/\r\n")
        case "noise":
            await _send(writer, 200, "text/html", Random(path).randbytes(20_000))
        case "maze" if path != "/robots.txt":
            await _send(writer, 200, "text/html", _maze(outlet, path))
        case "drip" | "flood" if path != "/robots.txt":
            await _pour(writer, drips=outlet.kind == "drip")
        case _:
            await _send(writer, *answer(outlet, path))


def _maze(outlet: Simulated, path: str) -> str:
    """Return a page whose links lead to pages that nobody has seen before."""
    rng = Random(path)
    paths = [f"/berita/{rng.getrandbits(48)}-lorong/" for _ in range(30)]
    links = "".join(f'<h2><a href="{path}">Lorong yang lain lagi</a></h2>' for path in paths)
    more = f'<a rel="next" href="/?hal={rng.getrandbits(32)}">Berikutnya</a>'
    return f"<html><head><title>Lorong</title></head><body>{links}{more}</body></html>"


async def _send(writer: asyncio.StreamWriter, status: int, kind: str, body: str | bytes, more: str = "") -> None:
    data = body if isinstance(body, bytes) else body.encode()
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {len(data)}\r\n{more}\r\n"
    writer.write(head.encode() + data)
    await writer.drain()


async def _pour(writer: asyncio.StreamWriter, *, drips: bool) -> None:
    """Send a body a byte a second, or one that is far too large."""
    length = 1_000 if drips else FLOOD_BYTES
    writer.write(f"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\r\n".encode())
    for _ in range(length if drips else length >> 16):
        writer.write(b"x" if drips else b"x" * (1 << 16))
        await writer.drain()
        if drips:
            await asyncio.sleep(1)


async def _converse(
    outlet: Simulated,
    visitors: Visitors | None,
    pause: float,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
) -> None:
    visitor = visitors.at(writer.get_extra_info("peername")[1], writer.get_extra_info("sockname")) if visitors else 0
    with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            if visitors:
                visitors.note(outlet.slug, visitor)
            await asyncio.sleep(pause)
            await respond(outlet, head.split(b" ", 2)[1].decode("latin-1"), writer)
    writer.close()


@contextlib.asynccontextmanager
async def serving(
    outlets: list[Simulated], visitors: Visitors | None = None, pause: float = 0.0
) -> AsyncIterator[None]:
    """Serve *outlets* for the length of the block, each answer after *pause* seconds, and note who asks."""
    async with contextlib.AsyncExitStack() as stack:
        for outlet in outlets:
            if outlet.kind != "closed":
                talk = partial(_converse, outlet, visitors, pause)
                server = await asyncio.start_server(talk, outlet.host, outlet.port, backlog=64)
                stack.callback(server.close)
        yield


def write_files(outlets: list[Simulated], folder: Path) -> None:
    """Write the outlet files into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    for outlet in outlets:
        (folder / f"{outlet.slug}.toml").write_text(outlet.file)


async def _main(outlets: list[Simulated], visitors: Visitors | None, pause: float) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with serving(outlets, visitors, pause):
        print("ready", flush=True)
        await stop.wait()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.newsroom.region", description=__doc__)
    usual = {"outlets": 300, "dead": 10, "slow": 10, "busy": 5, "hostile": 5, "articles": 10, "port": PORT}
    for name, value in usual.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--files", type=Path, required=True)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--pause", type=float, default=0.0, help="seconds before each answer")
    wanted = vars(parser.parse_args())
    files, log, pause = (wanted.pop(name) for name in ("files", "log", "pause"))
    outlets = region(**wanted)
    write_files(outlets, files)
    asyncio.run(_main(outlets, Visitors(log) if log else None, pause))


if __name__ == "__main__":
    main()
