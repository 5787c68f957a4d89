"""One question and one answer, free of sockets: what serves something maps a Request to an Answer or None."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

HTML = "text/html; charset=UTF-8"
JSON = "application/json; charset=UTF-8"
XML = "text/xml; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Hit:
    """One request as the server saw it; header names are lower-case."""

    method: str
    path: str  # with the query
    status: int
    headers: dict[str, str]
    at: float  # seconds since the epoch


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    target: str
    headers: dict[str, str]

    @property
    def path(self) -> str:
        return urlsplit(self.target).path or "/"

    @property
    def raw_query(self) -> str:
        return urlsplit(self.target).query

    @property
    def query(self) -> dict[str, str]:
        """The last value of each parameter, as PHP reads them; ``include[]=1&include[]=2`` becomes "1,2"."""
        result = {}
        for name, values in parse_qs(self.raw_query, keep_blank_values=True).items():
            result[name.removesuffix("[]")] = ",".join(values) if name.endswith("[]") else values[-1]
        return result


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes = b""
    content_type: str = HTML
    headers: dict[str, str] = field(default_factory=dict)


def html_page(text: str, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    return Answer(status, text.encode(), HTML, headers or {})


def json_data(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    return Answer(status, json.dumps(data, ensure_ascii=False).encode(), JSON, headers or {})


def moved(url: str, by: str = "WordPress") -> Answer:
    """A permanent redirect, which WordPress sends without a body."""
    return Answer(301, b"", HTML, {"Location": url, "X-Redirect-By": by})


def number_of(text: str | None, otherwise: int) -> int:
    """Read a whole number of a query as PHP's absint does, giving *otherwise* for anything else."""
    return int(text) if text is not None and text.isdecimal() else otherwise
