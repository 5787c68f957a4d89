"""Which addresses a crawler may connect to."""

import ipaddress
import json
import random

import pytest

from kickcrawl import CHECKOUT
from kickcrawl.addresses import endpoint, is_public, why_refused

HOSTS = frozenset(("warta.example", "127.0.0.1:8831", "127.0.0.1:9000", "10.0.0.7", "8.8.8.8", "[::1]:8831", "::1"))
NOBODY: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        pytest.param("8.8.8.8", True, id="public IPv4"),
        pytest.param("2001:4860:4860::8888", True, id="public IPv6"),
        pytest.param("[2001:4860:4860::8888]", True, id="in brackets"),
        pytest.param("127.0.0.1", False, id="loopback"),
        pytest.param("0.0.0.0", False, id="unspecified"),
        pytest.param("10.1.2.3", False, id="private 10/8"),
        pytest.param("172.16.0.1", False, id="private 172.16/12"),
        pytest.param("192.168.1.1", False, id="private 192.168/16"),
        pytest.param("169.254.169.254", False, id="link-local: a cloud's metadata"),
        pytest.param("100.64.0.1", False, id="carrier-grade NAT, first"),
        pytest.param("100.127.255.254", False, id="carrier-grade NAT, last"),
        pytest.param("100.128.0.1", True, id="just past carrier-grade NAT"),
        pytest.param("224.0.0.1", False, id="multicast"),
        pytest.param("233.252.0.1", False, id="multicast that is global"),
        pytest.param("255.255.255.255", False, id="broadcast"),
        pytest.param("::1", False, id="IPv6 loopback"),
        pytest.param("::", False, id="IPv6 unspecified"),
        pytest.param("fe80::1%eth0", False, id="IPv6 link-local with its zone"),
        pytest.param("fd00::1", False, id="IPv6 unique local"),
        pytest.param("ff0e::1", False, id="IPv6 multicast that is global"),
        pytest.param("::ffff:127.0.0.1", False, id="IPv4-mapped loopback"),
        pytest.param("::ffff:8.8.8.8", False, id="IPv4-mapped public: a way round"),
        pytest.param("::127.0.0.1", False, id="IPv4-compatible loopback"),
        pytest.param("64:ff9b::7f00:1", False, id="NAT64 of loopback"),
        pytest.param("64:ff9b::808:808", False, id="NAT64 of a public one: a way round"),
        pytest.param("64:ff9b:1::808:808", False, id="NAT64 for local use"),
        pytest.param("2002:7f00:1::1", False, id="6to4 of loopback"),
        pytest.param("2002:a9fe:a9fe::", False, id="6to4 of link-local"),
        pytest.param("2002:808:808::1", False, id="6to4 of a public one"),
        pytest.param("2001:0:4136:e378:8000:63bf:3fff:fdd2", False, id="Teredo"),
        pytest.param("192.88.99.1", False, id="relay of 6to4"),
        pytest.param("192.0.0.9", False, id="protocol assignments, also those that are global"),
        pytest.param("198.18.0.1", False, id="benchmarks"),
        pytest.param("203.0.113.7", False, id="documentation"),
        pytest.param("240.0.0.1", False, id="reserved"),
        pytest.param("2001:db8::1", False, id="IPv6 documentation"),
        pytest.param("3fff::1", False, id="IPv6 documentation, the newer one"),
        pytest.param("5f00::1", False, id="segment routing"),
        pytest.param("fec0::1", False, id="site-local, as it once was"),
        pytest.param("100::1", False, id="discard"),
        pytest.param("2a00:1450:4001:81b::200e", True, id="public IPv6 of Europe"),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_name_is_no_address() -> None:
    with pytest.raises(ValueError, match=r"warta\.example"):
        is_public("warta.example")


@pytest.mark.parametrize(
    ("url", "allowed", "words"),
    [
        pytest.param("https://warta.example/a", NOBODY, None, id="outlet's host"),
        pytest.param("https://www.warta.example/a", NOBODY, None, id="outlet's host with www"),
        pytest.param("https://8.8.8.8/a", NOBODY, None, id="public address of an outlet"),
        pytest.param("https://kabar.example/a", NOBODY, "no host of the outlets", id="another site"),
        pytest.param("https://warta.example.jahat.example/", NOBODY, "no host of the outlets", id="longer name"),
        pytest.param("https://warta.example:8443/", NOBODY, "no host of the outlets", id="another port"),
        pytest.param("file:///etc/passwd", NOBODY, "only http and https", id="file"),
        pytest.param("ftp://warta.example/a", NOBODY, "only http and https", id="ftp"),
        pytest.param("data:text/html,halo", NOBODY, "only http and https", id="data"),
        pytest.param("//warta.example/a", NOBODY, "no scheme", id="no scheme"),
        pytest.param("http:///a", NOBODY, "no host", id="no host"),
        pytest.param("http://10.0.0.7/a", NOBODY, "no public address", id="private address"),
        pytest.param("http://127.0.0.1:8831/a", NOBODY, "no public address", id="loopback that nobody allowed"),
        pytest.param("http://127.0.0.1:8831/a", frozenset(("127.0.0.1:8831",)), None, id="allowed by the operator"),
        pytest.param(
            "http://127.0.0.1:9000/a", frozenset(("127.0.0.1:8831",)), "the operator allowed", id="on another port"
        ),
    ],
)
def test_address_is_refused_with_its_reason(url: str, allowed: frozenset[str], words: str | None) -> None:
    reason = why_refused(url, allowed, HOSTS)
    assert (words in reason) if words and reason else reason is words


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("http://warta.example/a", "warta.example:80", id="http"),
        pytest.param("https://Warta.example/a", "warta.example:443", id="https"),
        pytest.param("https://warta.example:443/a", "warta.example:443", id="default port spelled out"),
        pytest.param("http://127.0.0.1:8831/a", "127.0.0.1:8831", id="own port"),
        pytest.param("http://[::1]:8831/a", "::1:8831", id="IPv6"),
        pytest.param(
            "http://[::1]:80/a",
            "::1:80",
            id="IPv6 with its default port",
        ),
    ],
)
def test_endpoint_spells_the_port_out(url: str, expected: str) -> None:
    assert endpoint(url) == expected


def test_broken_address_is_refused_too() -> None:
    assert why_refused("http://[rusak/", NOBODY, HOSTS)


BLOCKS = CHECKOUT.parent / "shared" / "data" / "suites" / "ip" / "special-purpose.json"


@pytest.mark.skipif(not BLOCKS.exists(), reason=f"the registries are not there: {BLOCKS}")
def test_no_address_of_the_special_purpose_registries_is_public() -> None:
    told = json.loads(BLOCKS.read_text())
    blocks = [ipaddress.ip_network(block) for block in (*told["v4"], *told["v6"])]
    draw = random.Random(7)
    for block in blocks:
        some = [block[0], block[-1], *(block[draw.randrange(block.num_addresses)] for _ in range(50))]
        assert [str(address) for address in some if is_public(str(address))] == []
