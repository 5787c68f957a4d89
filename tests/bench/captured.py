"""Fill an archive with made-up articles, each with its capture in a WARC file, as crawls leave it.

Runs of two outlets take turns, so that an archive has as many runs as a hundredth of its articles; each article is in
the frontier, and one in twenty is captured and revised a second time. Texts have about 1,900 bytes.
"""

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import islice

from archive import frontier
from archive.articles import record
from archive.captures import Captures
from archive.database import Archive
from archive.identity import Arrival
from archive.runs import end_run, start_run
from archive.warc.owner import warc_folder
from archive.warc.records import Exchange
from kickcrawl.article import Article, Candidate
from kickcrawl.compare.near import fingerprint, lookup_keys
from kickcrawl.fingerprint import bytes_digest
from tests.bench.growth import made_up
from tests.bench.stories import Made, Writer
from tests.support.exchanges import INFO
from tests.support.storing import OUTLET

BEGIN = datetime(2021, 1, 1, tzinfo=UTC)
SLUGS = {"satu": "kicknews", "dua": "dua"}  # one has an outlet file, so that it can be crawled
RUN = 100  # articles of a run, stored in one transaction


def fill(archive: Archive, total: int, writer: Writer) -> None:
    """Store *total* articles, four years of them."""
    chance, articles = random.Random(7), writer.articles(total)
    captures = Captures(warc_folder(archive.path))
    for stored in range(0, total, RUN):
        at = BEGIN + timedelta(days=1460) * stored / total
        outlet = list(SLUGS)[stored // RUN % 2]
        with running(archive, captures, outlet, at) as run_id:
            store_run(archive, captures, run_id, outlet, at, islice(articles, RUN), chance)
            end_run(archive, run_id, "complete", at, counts={}, seeds=[])


@contextmanager
def running(archive: Archive, captures: Captures, outlet: str, at: datetime) -> Iterator[int]:
    """Begin a run; what is called within it may end it, or leave it as kill -9 would."""
    slug = SLUGS[outlet]
    run_id = start_run(archive, OUTLET | {"slug": slug, "home": f"https://{slug}.example/"}, {}, at)
    captures.begin(archive, slug, run_id, INFO)
    yield run_id
    captures.end(archive, slug)


def store_run(
    archive: Archive,
    captures: Captures,
    run_id: int,
    outlet: str,
    at: datetime,
    articles: Iterator[Made],
    chance: random.Random,
) -> None:
    """Capture and store *articles* in one transaction, a minute after each other."""
    with archive.transaction():
        for minute, made in enumerate(articles):
            url = f"https://{SLUGS[outlet]}.example/{at:%Y/%m}/{made.id}"
            moment = at + timedelta(minutes=minute)
            frontier.name(archive, SLUGS[outlet], [Candidate(url=url, seed="sitemap")], moment)
            for text in [made.text] + [f"{made.text}\n\nDiperbarui."] * (chance.random() < 0.05):
                article = made_up(url, text, moment, chance)
                exchange = _exchange(article, moment)
                capture_id = captures.keep(archive, SLUGS[outlet], run_id, exchange)
                arrival = Arrival(
                    article=article,
                    outlet=SLUGS[outlet],
                    requested_url=url,
                    run_id=run_id,
                    capture_id=capture_id,
                    fetched_at=moment.isoformat(),
                    lookup_keys=lookup_keys(fingerprint(text)),
                )
                record(archive, arrival)
            frontier.resolve(archive, url, "done", moment.isoformat())


def _exchange(article: Article, at: datetime) -> Exchange:
    told = {"story": article.url, "native_id": None, "title": article.title, "claims": [], "standing": "unknown"}
    body = _page(article).encode()
    return Exchange(
        url=article.url,
        fetched_at=at.isoformat(),
        status=200,
        body=body,
        digest=bytes_digest(body),
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        about=json.dumps(told),
    )


def _page(article: Article) -> str:
    paragraphs = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.text.split("\n\n"))
    return (
        f"<!doctype html><html lang=id><head><meta charset=utf-8><title>{escape(article.title)}</title>"
        f'<meta property="article:published_time" content="{article.published_at}"></head><body>'
        f"<main><article><h1>{escape(article.title)}</h1>{paragraphs}</article></main></body></html>"
    )
