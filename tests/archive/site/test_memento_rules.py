"""RFC 7089 to the letter: every address that an article ever had is asked as a strict client would ask."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import quote, urlsplit

import pytest

from archive.captures import Capture, store_capture
from kickcrawl.urls import canonicalize
from tests.support.link_format import Link, read_links
from tests.support.serving import Site, serving
from tests.support.storing import KEPT, NOW, id_of, shelf_in, url_of

RFC_1123 = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
STAY = "%/:?#[]@!$&'()*+,;=~"  # signs that an address has as they are
REVISIONS = 4
ID = id_of("cabai")
# As newsrooms write them: with and without the last slash, with parameters, escaped signs, and signs of links.
ADDRESSES = [
    url_of("cabai"),
    url_of("cabai/"),
    url_of("?p=7"),
    url_of("?p=7&halaman=2;urut=a,b"),
    url_of("Kabar/2025/07/cabai.html"),
    url_of("harga-cabai-%E2%80%93-naik/"),
    url_of("harga–cabai/"),
    url_of("naik-100%25/"),
    url_of("kabar,cabai;naik'(1)*!~/"),
    url_of("a%20b%2Fc/"),
    "http://m.warta.example:8080/cabai?x=%22y%22",
    url_of("alih/cabai"),  # a redirect that was captured, and leads to the article
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("rules")
    with shelf_in(folder) as shelf:
        for number in range(REVISIONS):
            shelf.put("cabai", f"Harga cabai {number}.", title=f"Cabai {number}")
        for url in ADDRESSES[1:-1]:
            values = {"url": canonicalize(url), "id": ID, "at": NOW.isoformat()}
            shelf.archive.write("INSERT OR IGNORE INTO article_urls VALUES (:url, :id, :at, :at)", values)
        moved = {**KEPT, "status": 301, "location": "/cabai", "run_id": 1, "fetched_at": NOW.isoformat()}
        store_capture(shelf.archive, Capture(url=ADDRESSES[-1], **moved))
    with serving(folder / "archive.db") as site:
        yield site


def ask(site: Site, address: str, method: str = "GET", **headers: str) -> tuple[int, HTTPMessage, str]:
    parts = urlsplit(address)
    connection = HTTPConnection(urlsplit(site.base).netloc, timeout=60)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, text


def gate_of(site: Site, original: str) -> str:
    """As a client asks: what a URI may not have is escaped, all else stands as it is."""
    return f"{site.base}/timegate/{quote(original, safe=STAY)}"


def one(links: list[Link], rel: str) -> Link:
    found = [link for link in links if rel in link.rels]
    assert len(found) == 1, f"{rel}: {found}"
    return found[0]


def moment(text: str) -> datetime:
    assert RFC_1123.fullmatch(text), text
    return datetime.strptime(text, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)


def check_roles(mementos: list[Link], times: list[datetime], shown: int | None) -> None:
    """Hold the first, the last and the neighbours of a memento, as a header names them, against the TimeMap."""
    for rel, number in (("first", 1), ("last", len(times))):
        assert moment(one(mementos, rel).parameters["datetime"]) == times[number - 1]
    for rel, step in (("prev", -1), ("next", 1)) if shown is not None else ():
        assert shown is not None
        there = 1 <= shown + step <= len(times)
        assert [moment(link.parameters["datetime"]) for link in mementos if rel in link.rels] == (
            [times[shown + step - 1]] if there else []
        )


def read_timemap(site: Site, original: str, address: str) -> list[tuple[str, datetime]]:
    """Return (address, time) of each memento of a TimeMap that keeps all rules of section 5."""
    status, headers, text = ask(site, address)
    assert (status, headers.get_content_type()) == (200, "application/link-format")
    links = read_links(text)
    assert one(links, "original").target == original
    assert one(links, "timegate").target == gate_of(site, original)
    mementos = [link for link in links if "memento" in link.rels]
    listed = [(link.target, moment(link.parameters["datetime"])) for link in mementos]
    assert len(listed) == len(dict(listed)) == REVISIONS
    assert listed == sorted(listed, key=lambda entry: entry[1])
    itself = one(links, "self")
    assert (itself.target, itself.parameters["type"]) == (address, "application/link-format")
    assert (moment(itself.parameters["from"]), moment(itself.parameters["until"])) == (listed[0][1], listed[-1][1])
    check_roles(mementos, [at for _, at in listed], None)
    return listed


def check_gate(site: Site, original: str, asked: datetime | None) -> tuple[str, list[Link]]:
    """Return where a TimeGate leads, and its links; it keeps all rules of sections 2.1 and 4.1 to GET and HEAD."""
    given = {"Accept_Datetime": format_datetime(asked, usegmt=True)} if asked is not None else {}
    status, headers, _ = ask(site, gate_of(site, original), **given)
    told = (status, headers["Location"], headers["Link"])
    again, others, text = ask(site, gate_of(site, original), "HEAD", **given)
    assert (again, others["Location"], others["Link"], text) == (*told, "")
    assert status == 302
    assert "accept-datetime" in [name.strip().lower() for name in headers["Vary"].split(",")]
    assert "Memento-Datetime" not in headers
    return headers["Location"], read_links(headers["Link"])


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_address_is_negotiated_in_time_by_the_rules(site: Site, address: str) -> None:
    original = gate_of(site, address).removeprefix(f"{site.base}/timegate/")
    _, links = check_gate(site, address, None)
    assert one(links, "original").target == original
    listed = read_timemap(site, original, one(links, "timemap").target)
    times = [at for _, at in listed]
    second = timedelta(seconds=1)
    asked = [(None, REVISIONS), (times[0] - timedelta(days=9999), 1), (times[0] - second, 1)]
    asked += [(at, number) for number, at in enumerate(times, 1)]
    asked += [(at - second, number) for number, at in enumerate(times[1:], 1)]
    asked += [(times[-1] + timedelta(days=9999), REVISIONS)]
    for at, number in asked:
        location, links = check_gate(site, address, at)
        assert location == listed[number - 1][0]
        check_roles([link for link in links if "memento" in link.rels], times, number)


def test_each_memento_names_itself_by_the_rules(site: Site) -> None:
    _, links = check_gate(site, ADDRESSES[0], None)
    listed = read_timemap(site, ADDRESSES[0], one(links, "timemap").target)
    for number, (address, at) in enumerate(listed, 1):
        status, headers, _ = ask(site, address)
        assert (status, headers["Memento-Datetime"]) == (200, format_datetime(at, usegmt=True))
        links = read_links(headers["Link"])
        original = one(links, "original").target
        assert one(links, "timegate").target == gate_of(site, original)
        assert read_timemap(site, original, one(links, "timemap").target) == listed
        mementos = [link for link in links if "memento" in link.rels]
        assert [link.target for link in mementos if moment(link.parameters["datetime"]) == at] == [address]
        check_roles(mementos, [at for _, at in listed], number)


@pytest.mark.parametrize(
    "text",
    [
        "<https://a.example/>",
        '<https://a.example/> rel="memento"',
        '<https://a.example/ b>; rel="memento"',
        '<https://a.example/100%>; rel="memento"',
        '<https://a.example/>; rel="first memento"; rel="last"',
        '<https://a.example/>; rel="memento" <https://b.example/>; rel="memento"',
        '<https://a.example/>; rel="memento',
        '</article/1>; rel="memento"',
    ],
)
def test_what_is_no_list_of_links_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no URI|no comma|no relation|twice"):
        read_links(text)
