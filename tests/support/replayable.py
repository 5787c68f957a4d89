"""An archive with captures of every kind that replay must show, written as a crawl writes them, and what each says."""

import gzip
import json
import random
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import brotli
from backports import zstd

from archive.articles import record
from archive.captures import Captures
from archive.database import Archive, open_archive
from archive.identity import Arrival
from archive.runs import start_run
from archive.takedown.takedown import take_down
from archive.warc.records import Exchange
from kickcrawl.article import Article, Image
from kickcrawl.fingerprint import bytes_digest
from tests.support.storing import NOW, OUTLET

KINDS = ("article", "redirect", "feed", "revisit", "rendered", "brotli", "zstd", "deflate", "cut", "takedown")
INFO = {
    "software": "kickcrawl/0",
    "kickcrawl-run": json.dumps({"run": 1, "started_at": NOW.isoformat(), "arguments": {}, "span": [None, None]}),
    "kickcrawl-outlet": json.dumps(OUTLET),
}
WORDS = (
    "petani menanam padi sawah air embung pasar harga cabai bawang nelayan laut ombak perahu jalan desa kota sekolah "
    "guru murid rumah sakit dokter panen gudang truk pelabuhan kapal hujan kemarau sungai jembatan warga camat bupati"
).split()
ASKED_WITH = (
    ("User-Agent", "kickcrawl/0 (archiving crawler for regional news; +mailto:arsip@warta.example)"),
    ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), ("Accept-Language", "id,en;q=0.5"),
)  # fmt: skip
Encode = Callable[[bytes], bytes]
ENCODERS: dict[str, Encode] = {
    "gzip": lambda body: gzip.compress(body, mtime=0),
    "br": lambda body: brotli.compress(body, quality=5),
    "zstd": zstd.compress,
    "deflate": zlib.compress,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What replay should show of the capture of *url* at *at*; *says* is None where it must show nothing."""

    kind: str
    url: str
    at: str
    says: str | None

    @property
    def stamp(self) -> str:
        return self.at[:19].translate(str.maketrans("", "", "-:T"))


class Maker:
    """Writes captures of one run, one a second, and the articles that are read from them."""

    def __init__(self, archive: Archive, seed: int = 1) -> None:
        self.archive, self.wanted = archive, list[Wanted]()
        self._captures = Captures(archive.path.parent / "warc")
        self._run = start_run(archive, OUTLET, {}, NOW)
        self._captures.begin(archive, "warta", self._run, INFO)
        self._random, self._seconds = random.Random(seed), 0

    def tick(self) -> str:
        self._seconds += 1
        return (NOW + timedelta(seconds=self._seconds)).isoformat()

    def text(self, number: int) -> str:
        words = " ".join(self._random.choices(WORDS, k=60))
        return f"Berita bernomor {number:05}: {words}."

    def keep(self, url: str, body: bytes, at: str, *, encoding: str | None = None, **fields: object) -> int:
        data = ENCODERS[encoding](body) if encoding else body
        headers = [("Content-Type", str(fields.pop("mime", "text/html; charset=utf-8")))]
        headers += [("Content-Encoding", encoding), ("Content-Length", str(len(data)))] if encoding else []
        headers += [("Location", str(target))] if (target := fields.pop("location", None)) else []
        data = data[: len(data) * 3 // 4] if fields.get("is_cut") else data
        given: dict[str, object] = {
            "url": url,
            "fetched_at": at,
            "status": 200,
            "body": data,
            "digest": bytes_digest(data),
        }
        given |= {"request_headers": ASKED_WITH}
        exchange = Exchange(**given | {"headers": tuple(headers)} | fields)  # type: ignore[arg-type]
        return self._captures.keep(self.archive, "warta", self._run, exchange)

    def article(
        self, url: str, number: int, at: str, capture_id: int, text: str, images: tuple[Image, ...] = ()
    ) -> None:
        """Store the article that was read from a capture."""
        arrival = Arrival(
            article=Article(url=url, title=f"Judul {number:05}", text=text, images=images),
            outlet="warta", requested_url=url, capture_id=capture_id, run_id=self._run, fetched_at=at,
        )  # fmt: skip
        with self.archive.transaction():
            record(self.archive, arrival)

    def page(self, number: int, kind: str, encoding: str | None, **fields: object) -> str:
        """Capture an article's page and store the article; return its address."""
        url, at, text = self.url(number), self.tick(), self.text(number)
        capture_id = self.keep(url, html(number, text), at, encoding=encoding, **fields)
        self.wanted.append(Wanted(kind, url, at, f"Berita bernomor {number:05}"))
        self.article(url, number, at, capture_id, text)
        return url

    def url(self, number: int) -> str:
        """Addresses as newsrooms have them: some with a slash at the end, capitals, parameters, escaped signs."""
        forms = ("/{}/", "/{}-panen-raya/", "/Kabar/{}", "/?p={}", "/{}.html?b=2&a=1", "/panen%E2%80%93padi-{}/")
        return f"https://{('www.' if number % 7 == 0 else '')}warta.example{forms[number % 6].format(number)}"

    def end(self) -> None:
        self._captures.end(self.archive, "warta")


def html(number: int, text: str, script: str = "") -> bytes:
    return (
        f"<!doctype html><html lang=id><head><meta charset=utf-8><title>Judul {number:05}</title>{script}</head>"
        f"<body><main><h1>Judul {number:05}</h1><p>{text}</p></main></body></html>"
    ).encode()


def make_archive(path: Path, count: int, kinds: tuple[str, ...] = KINDS) -> list[Wanted]:
    """Make an archive at *path* with *count* captures of each of *kinds*; return what replay should show."""
    with closing(open_archive(path, create=True)) as archive:
        maker = Maker(archive)
        number = 0
        for kind in kinds:
            for _ in range(count):
                number += 1
                _MAKERS[kind](maker, number)
        maker.end()
        buried = [one for one in maker.wanted if one.says is None]
        for one in buried:
            found = archive.text("SELECT article_id FROM article_urls WHERE url = :url", {"url": one.url})
            assert found is not None
            take_down(archive, found, "permintaan narasumber", datetime.fromisoformat(one.at), lambda _: None)
        return maker.wanted


def _bare(maker: Maker, number: int) -> None:
    """A page without an article: many of them are quickly made."""
    url, at = maker.url(number), maker.tick()
    maker.keep(url, html(number, f"Berita bernomor {number:05}."), at)
    maker.wanted.append(Wanted("bare", url, at, f"Berita bernomor {number:05}"))


def _twin(maker: Maker, number: int) -> None:
    """Two pages whose addresses differ in the last slash alone."""
    for slash in ("", "/"):
        url, at, says = f"https://warta.example/kabar/{number}{slash}", maker.tick(), f"Berita {number:05}{slash}."
        maker.keep(url, html(number, says), at)
        maker.wanted.append(Wanted("twin", url, at, says))


def _slash(maker: Maker, number: int) -> None:
    """A page, and the redirect to it from the address without its last slash."""
    url, at, says = f"https://warta.example/arsip/{number}", maker.tick(), f"Berita bernomor {number:05}."
    maker.keep(url, b"", at, status=301, location=f"{url}/")
    maker.wanted.append(Wanted("slash", url, at, says))
    at = maker.tick()
    maker.keep(f"{url}/", html(number, says), at)
    maker.wanted.append(Wanted("slash", f"{url}/", at, says))


def _redirect(maker: Maker, number: int) -> None:
    target = maker.page(number, "article", "gzip")
    url, at = f"https://warta.example/lama/{number}", maker.tick()
    maker.keep(url, b"", at, status=301, location=target)
    maker.wanted.append(Wanted("redirect", url, at, maker.wanted[-1].says))


def _feed(maker: Maker, number: int) -> None:
    url, at = f"https://warta.example/feed/?paged={number}", maker.tick()
    items = "".join(f"<item><title>Judul {number:05}-{one}</title></item>" for one in range(10))
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Warta</title>{items}</channel></rss>'.encode()
    maker.keep(url, body, at, encoding="gzip", mime="application/rss+xml; charset=utf-8")
    maker.wanted.append(Wanted("feed", url, at, f"Judul {number:05}-9"))


def _revisit(maker: Maker, number: int) -> None:
    url, text = maker.url(number), maker.text(number)
    encoding = (None, "gzip", "br", "zstd")[number % 4]
    for turn in range(2):
        at = maker.tick()
        capture_id = maker.keep(url, html(number, text), at, encoding=encoding)
        maker.article(url, number, at, capture_id, text)
        maker.wanted.append(Wanted("revisit" if turn else "article", url, at, f"Berita bernomor {number:05}"))


def _rendered(maker: Maker, number: int) -> None:
    """Of one second, as a rule: what the browser got, an empty page, and what it built."""
    url, at, text = maker.url(number), maker.tick(), maker.text(number)
    maker.keep(url, html(number, "Memuat ..."), at)
    maker.keep(f"https://warta.example/api/{number}", json.dumps({"teks": text}).encode(), at, mime="application/json")
    if number % 5 == 0:
        at = maker.tick()
    capture_id = maker.keep(url, html(number, text), at, is_dom=True)
    maker.article(url, number, at, capture_id, text)
    maker.wanted.append(Wanted("rendered", url, at, f"Berita bernomor {number:05}"))


def _takedown(maker: Maker, number: int) -> None:
    """One of ten is taken down; what remains is shown as before."""
    maker.page(number, "takedown", "gzip")
    if number % 10 == 0:
        maker.wanted[-1] = Wanted("takedown", maker.wanted[-1].url, maker.wanted[-1].at, None)


_MAKERS: dict[str, Callable[[Maker, int], object]] = {
    "bare": _bare,
    "twin": _twin,
    "slash": _slash,
    "article": lambda maker, number: maker.page(number, "article", (None, "gzip")[number % 2]),
    "redirect": _redirect,
    "feed": _feed,
    "revisit": _revisit,
    "rendered": _rendered,
    "brotli": lambda maker, number: maker.page(number, "brotli", "br"),
    "zstd": lambda maker, number: maker.page(number, "zstd", "zstd"),
    "deflate": lambda maker, number: maker.page(number, "deflate", "deflate"),
    "cut": lambda maker, number: maker.page(number, "cut", "gzip", is_cut=True),
    "takedown": _takedown,
}
