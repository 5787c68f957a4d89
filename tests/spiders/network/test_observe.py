"""What an answer says beside articles: its rules, its clock, its certificate."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from scrapy import Request
from scrapy.http import Response
from twisted.internet.ssl import Certificate

from spiders.network.envelope import IS_ROBOTS
from spiders.network.observe import certificate_span, observations

NOW = datetime(2025, 7, 14, 1, tzinfo=UTC)
ROBOTS = "https://warta.example/robots.txt"


def robots(status: int, body: bytes = b"User-agent: *\nDisallow: /cari") -> dict[str, str]:
    request = Request(ROBOTS, meta=IS_ROBOTS.entry(True))
    found = observations(request, Response(ROBOTS, status=status, body=body), NOW)
    return {subject: value for subject, _, value in found}


@pytest.mark.parametrize(
    ("status", "rules"), [(200, "user-agent: *\ndisallow: /cari"), (404, ""), (503, None), (403, None)]
)
def test_robots_txt_is_observed_where_it_can_be_read(status: int, rules: str | None) -> None:
    assert robots(status).get("robots") == rules


def test_clock_of_the_server_is_held_against_ours() -> None:
    page = "https://warta.example/"
    [(subject, name, value)] = observations(
        Request(page), Response(page, headers={"Date": "Mon, 14 Jul 2025 01:05:00 GMT"}), NOW
    )
    assert (subject, name, value) == ("clock", "warta.example", "300")
    assert list(observations(Request(page), Response(page), NOW)) == []


def test_certificate_tells_until_when_it_holds() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "warta.example")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, datetime(2025, 7, 1), datetime(2025, 9, 29))
    certificate = Certificate.loadPEM(made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    begin, end = certificate_span(certificate)
    assert end - begin == timedelta(days=90)
    assert end == datetime(2025, 9, 29, tzinfo=UTC)
    page = "https://warta.example/"
    [(subject, _, value)] = observations(Request(page), Response(page, certificate=certificate), NOW)
    assert (subject, value) == ("certificate", "2025-07-01T00:00:00+00:00 2025-09-29T00:00:00+00:00")
