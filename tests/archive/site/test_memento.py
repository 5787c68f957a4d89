"""Permanent addresses and Memento (RFC 7089): what an outlet's address showed at a time, asked over HTTP."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import format_datetime, parsedate_to_datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from lxml import html

from archive.captures import Capture, store_capture
from archive.cite.mementos import LINK_FORMAT
from archive.site.memento import address_of
from archive.takedown.takedown import take_down
from spiders.cli import main
from tests.support.readers import needs_readers, read_with
from tests.support.serving import Site, serving
from tests.support.storing import KEPT, NOW, id_of, shelf_in, url_of

ID = id_of("cabai")
BURIED = id_of("dihapus")
REASON = "court order 12/2026"
OLD, MOVED, HOP = url_of("cabai-lama"), url_of("cabai"), url_of("?p=7")
TIMES = ["Mon, 14 Jul 2025 01:01:00 GMT", "Mon, 14 Jul 2025 01:02:00 GMT", "Mon, 14 Jul 2025 01:03:00 GMT"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer, redirects not followed; *links* are what its Link header or its TimeMap says, by relation."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def links(self) -> dict[str, dict[str, str]]:
        """By relation, the attributes of the link and its address."""
        told = self.text if self.headers["content-type"] == LINK_FORMAT else self.headers["link"]
        return {rel: link for link in parse_links(told) for rel in link["rel"].split()}


def parse_links(told: str) -> list[dict[str, str]]:
    """Return links as RFC 8288 writes them, each with its attributes and its address."""
    links = re.findall(r'<([^>]*)>((?:\s*;\s*[a-z]+="[^"]*")+)', told)
    return [{"address": address} | dict(re.findall(r'([a-z]+)="([^"]*)"', values)) for address, values in links]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("memento")
    with shelf_in(folder) as shelf:
        for text in ("Harga cabai naik.", "Harga cabai turun.", "Harga cabai tetap."):
            shelf.put("cabai", text, title=f"{text[:-1]} lagi", native_id="7")
        shelf.put("dihapus", "Isi yang dihapus.")
        archive = shelf.archive
        archive.write(
            "INSERT INTO article_urls VALUES (:url, :id, :at, :at)", {"url": OLD, "id": ID, "at": NOW.isoformat()}
        )
        moved = {**KEPT, "status": 301, "location": "/cabai-lama", "run_id": 1, "fetched_at": NOW.isoformat()}
        store_capture(archive, Capture(url=HOP, **moved))
        take_down(archive, BURIED, REASON, NOW, lambda _: None)
    with serving(folder / "archive.db") as site:
        yield site


def ask(site: Site, path: str, method: str = "GET", **headers: str) -> Reply:
    connection = HTTPConnection(urlsplit(site.base).netloc, timeout=60)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = {name.lower(): value for name, value in answer.getheaders()}
    reply = Reply(status=answer.status, headers=found, text=answer.read().decode())
    connection.close()
    return reply


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("asked", "revision"),
    [
        ("Sun, 13 Jul 2025 00:00:00 GMT", 1),  # nothing is known of that time: the first
        (TIMES[0], 1),
        ("Mon, 14 Jul 2025 01:02:59 GMT", 2),
        (TIMES[2], 3),
        ("Fri, 01 Jan 2100 00:00:00 GMT", 3),
    ],
)
def test_a_timegate_leads_to_what_stood_at_that_time(site: Site, method: str, asked: str, revision: int) -> None:
    reply = ask(site, f"/timegate/{MOVED}", method, Accept_Datetime=asked)
    assert (reply.status, reply.headers["location"]) == (302, f"{site.base}/article/{ID}@{revision}")
    assert "accept-datetime" in reply.headers["vary"].lower()
    assert "memento-datetime" not in reply.headers
    assert reply.links["original"]["address"] == MOVED
    assert reply.links["timemap"]["address"] == f"{site.base}/timemap/link/{MOVED}"
    assert reply.links["timemap"]["type"] == LINK_FORMAT
    for rel, number in (("first", 1), ("last", 3), ("prev", revision - 1), ("next", revision + 1)):
        if 1 <= number <= 3:
            assert reply.links[rel]["address"] == f"{site.base}/article/{ID}@{number}"
            assert reply.links[rel]["datetime"] == TIMES[number - 1]
        else:
            assert rel not in reply.links


def test_a_timegate_leads_to_the_last_revision_if_no_time_is_asked_for(site: Site) -> None:
    reply = ask(site, f"/timegate/{MOVED}")
    assert (reply.status, reply.headers["location"]) == (302, f"{site.base}/article/{ID}@3")


@pytest.mark.parametrize("address", [MOVED, OLD, HOP, MOVED.replace("https:", "http:"), f"{MOVED}?utm_source=x"])
def test_every_address_that_an_article_had_has_a_past(site: Site, address: str) -> None:
    reply = ask(site, f"/timegate/{address}", Accept_Datetime=TIMES[1])
    assert reply.headers["location"].endswith(f"/article/{ID}@2")
    assert reply.links["original"]["address"] == address
    assert ask(site, f"/timemap/link/{address}").links["original"]["address"] == address


@pytest.mark.parametrize(
    "asked", ["", "kemarin", "2025-07-14", "Mon, 31 Feb 2025 01:01:00 GMT", "Mon, 14 Jul 2025 01:01:00 +0800", "0"]
)
def test_what_is_no_time_is_refused(site: Site, asked: str) -> None:
    reply = ask(site, f"/timegate/{MOVED}", Accept_Datetime=asked)
    assert (reply.status, reply.text.count("\n")) == (400, 1)
    assert "write one as Mon, 14 Jul 2025 01:00:00 GMT" in reply.text
    assert "accept-datetime" in reply.headers["vary"].lower()


@pytest.mark.parametrize(
    "address", [url_of("tidak-ada"), url_of("tidak%2Fada/"), "bukan alamat".replace(" ", "%20"), "x"]
)
@pytest.mark.parametrize("place", ["timegate", "timemap/link", "timemap/json"])
def test_an_unknown_address_has_no_past(site: Site, place: str, address: str) -> None:
    reply = ask(site, f"/{place}/{address}")
    assert (reply.status, reply.text) == (404, "No article of this archive had this address.\n")


def test_a_revision_says_when_it_stood_and_where_the_others_are(site: Site) -> None:
    for revision, at in enumerate(TIMES, 1):
        reply = ask(site, f"/article/{ID}@{revision}")
        assert (reply.status, reply.headers["memento-datetime"]) == (200, at)
        assert reply.links["original"]["address"] == MOVED
        assert reply.links["timegate"]["address"] == f"{site.base}/timegate/{MOVED}"
        assert reply.links["timemap"]["address"] == f"{site.base}/timemap/link/{MOVED}"
        own = next(link for link in parse_links(reply.headers["link"]) if link["address"].endswith(f"{ID}@{revision}"))
        assert (own["datetime"], "memento" in own["rel"].split()) == (at, True)
    assert "Harga cabai naik lagi" in ask(site, f"/article/{ID}@1").text


def test_the_page_of_today_is_no_memento_and_names_them(site: Site) -> None:
    for query in ("", "?revision=1", "?on=2025-07-14"):
        reply = ask(site, f"/article/{ID}{query}")
        assert "memento-datetime" not in reply.headers
        assert {"original", "timegate", "timemap", "first", "last"} <= reply.links.keys()


def test_a_timemap_lists_every_revision(site: Site) -> None:
    reply = ask(site, f"/timemap/link/{MOVED}")
    assert (reply.status, reply.headers["content-type"]) == (200, LINK_FORMAT)
    listed = [link for link in parse_links(reply.text) if "memento" in link["rel"].split()]
    assert [(link["address"], link["datetime"]) for link in listed] == [
        (f"{site.base}/article/{ID}@{number}", at) for number, at in enumerate(TIMES, 1)
    ]
    assert [link["rel"] for link in listed] == ["first memento", "memento", "last memento"]
    itself = reply.links["self"]
    assert (itself["address"], itself["from"], itself["until"]) == (
        f"{site.base}/timemap/link/{MOVED}",
        TIMES[0],
        TIMES[2],
    )
    assert reply.links["timegate"]["address"] == f"{site.base}/timegate/{MOVED}"


def test_a_timemap_is_json_too(site: Site) -> None:
    told = json.loads(ask(site, f"/timemap/json/{MOVED}").text)
    assert told["original_uri"] == MOVED
    assert [one["datetime"] for one in told["mementos"]["list"]] == [
        f"2025-07-14T01:0{minute}:00Z" for minute in (1, 2, 3)
    ]
    assert told["mementos"]["first"]["uri"] == f"{site.base}/article/{ID}@1"


def test_a_client_finds_its_way_from_an_address_to_a_text(site: Site) -> None:
    """As a client of RFC 7089 does: TimeGate, memento, and back to the TimeMap, all addresses as they were told."""
    gate = ask(site, f"/timegate/{OLD}", "HEAD", Accept_Datetime=TIMES[1])
    memento = ask(site, path_of(gate.headers["location"]))
    assert "Harga cabai turun lagi" in memento.text
    timemap = ask(site, path_of(memento.links["timemap"]["address"]))
    stood = [parsedate_to_datetime(link["datetime"]) for link in parse_links(timemap.text) if "datetime" in link]
    assert [format_datetime(at, usegmt=True) for at in sorted(stood)] == TIMES


@pytest.mark.parametrize(
    ("path", "is_json"),
    [
        (f"/article/{BURIED}", False),
        (f"/article/{BURIED}@1", False),
        (f"/article/{BURIED}?revision=1", False),
        (f"/article/{BURIED}@1.json", True),
        (f"/article/{BURIED}/cite?style=ris", False),
        (f"/timegate/{url_of('dihapus')}", False),
        (f"/timemap/link/{url_of('dihapus')}", False),
    ],
)
def test_what_was_taken_down_is_gone_for_good(site: Site, path: str, is_json: bool) -> None:
    reply = ask(site, path)
    sentence = f"Article {BURIED} was taken down on 2025-07-14: {REASON}."
    assert reply.status == 410
    assert json.loads(reply.text)["error"] == sentence if is_json else sentence in reply.text


def test_an_emptied_capture_is_gone_for_good(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("dihapus", "Isi yang dihapus.")
        take_down(shelf.archive, BURIED, REASON, NOW, lambda _: None)
        values = {"file": KEPT["file"], "offset": KEPT["offset"], "id": BURIED}
        shelf.archive.write("INSERT INTO replaced VALUES (:file, :offset, 'sha256:0', :id, NULL)", values)
    with serving(tmp_path / "archive.db") as site:
        reply = ask(site, "/capture/1")
    assert reply.status == 410
    assert f"Article {BURIED} was taken down on 2025-07-14: {REASON}." in reply.text


def test_a_capture_has_a_page_and_is_data(site: Site) -> None:
    tree = html.fromstring(ask(site, "/capture/1").text)
    assert tree.xpath("//h1/text()") == ["Capture 1"]
    assert tree.xpath(f"//a[contains(@href, '{url_of('')}')]")
    told = json.loads(ask(site, "/capture/2.json").text)
    assert (told["capture"]["status"], told["capture"]["location"]) == (301, "/cabai-lama")
    assert ask(site, "/capture/99").status == 404


def test_a_shortened_id_leads_to_the_same_revision_for_good(site: Site) -> None:
    reply = ask(site, f"/article/{ID[:6]}@2")
    assert (reply.status, reply.headers["location"]) == (302, f"/article/{ID}@2")
    assert ask(site, f"/article/{ID}@9").status == 404
    assert json.loads(ask(site, f"/article/{ID}@2.json").text)["revision"] == 2


@pytest.mark.parametrize(
    ("url", "query", "address"),
    [
        ("https://warta.example/a", "", "https://warta.example/a"),
        ("https:/warta.example/a", "p=3&q=4", "https://warta.example/a?p=3&q=4"),
        ("https%3A%2F%2Fwarta.example%2Fa%20b", "", "https://warta.example/a b"),
        ("warta.example/a", "", "https://warta.example/a"),
    ],
)
def test_an_address_is_understood_however_it_comes(url: str, query: str, address: str) -> None:
    assert address_of(url, query) == address


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def test_the_operator_says_where_the_site_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("cabai", "Harga cabai naik.")
    monkeypatch.setenv("KICKCRAWL_BASE", "https://arsip.example/berita/")
    with serving(tmp_path / "archive.db") as site:
        location = ask(site, f"/timegate/{MOVED}").headers["location"]
        cited = ask(site, f"/article/{ID}/cite").text
    assert location == f"https://arsip.example/berita/article/{ID}@1"
    assert f" as {ID}@1, {location}, sha256:" in cited
    monkeypatch.setenv("KICKCRAWL_BASE", "arsip.example")
    result = CliRunner().invoke(main, ["serve", "--archive", str(tmp_path / "archive.db"), "--port", "0"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'arsip.example' is no address of a site; write one such as" in result.stderr


def test_under_a_sub_path_every_address_is_beneath_it(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("cabai", "Harga cabai naik.")
    with serving(tmp_path / "archive.db", "--base-url", "/arsip/") as site:
        host = f"http://{urlsplit(site.base).netloc}"
        reply = ask(site, f"/arsip/timegate/{MOVED}")
        assert reply.headers["location"] == f"{host}/arsip/article/{ID}@1"
        assert reply.links["timemap"]["address"] == f"{host}/arsip/timemap/link/{MOVED}"
        assert (
            ask(site, path_of(reply.headers["location"])).links["timegate"]["address"]
            == f"{host}/arsip/timegate/{MOVED}"
        )


CLIENT = """
import json, sys
from datetime import datetime
from memento_client import MementoClient
base, article = sys.argv[1:]
client = MementoClient(timegate_uri=base + "/timegate/", check_native_timegate=False)
told = client.get_memento_info(f"{base}/article/{article}@3", datetime(2025, 7, 14, 1, 2, 30))
print(json.dumps(told, default=str))
"""
# pywb, as a replay tool that asks several archives: its index of this one, by TimeMap and by TimeGate.
PYWB = """
import json, sys
from pywb.warcserver.index.indexsource import MementoIndexSource
base, url = sys.argv[1:]
source = MementoIndexSource(base + "/timegate/{url}", base + "/timemap/link/{url}", base + "/x/{url}")
found = {}
for name, closest in (("timemap", None), ("timegate", "20250714010230")):
    asked = {"url": url, "closest": closest}
    found[name] = [(one["timestamp"], one["memento_url"]) for one in source.load_index(asked)]
print(json.dumps(found))
"""


@needs_readers
def test_the_memento_client_finds_the_revision_of_a_time(site: Site) -> None:
    told = read_with(CLIENT, site.base, ID)
    assert (told["original_uri"], told["timegate_uri"]) == (MOVED, f"{site.base}/timegate/{MOVED}")
    found = {name: (one["uri"], one["datetime"]) for name, one in told["mementos"].items()}
    assert found == {
        "closest": ([f"{site.base}/article/{ID}@2"], "2025-07-14 01:02:00"),
        "prev": ([f"{site.base}/article/{ID}@1"], "2025-07-14 01:01:00"),
        "next": ([f"{site.base}/article/{ID}@3"], "2025-07-14 01:03:00"),
        "first": ([f"{site.base}/article/{ID}@1"], "2025-07-14 01:01:00"),
        "last": ([f"{site.base}/article/{ID}@3"], "2025-07-14 01:03:00"),
    }


@needs_readers
@pytest.mark.parametrize("address", [MOVED, OLD, HOP])
def test_pywb_finds_the_revisions(site: Site, address: str) -> None:
    told = read_with(PYWB, site.base, address)
    all_of_them = [[f"2025071401{minute:02}00", f"{site.base}/article/{ID}@{minute}"] for minute in (1, 2, 3)]
    assert told["timemap"] == all_of_them
    assert all_of_them[1] in told["timegate"]
