"""Permanent addresses: where the site shows an article or one of its revisions. Pure."""

from urllib.parse import urlsplit

from kickcrawl.errors import UsageError


def article_address(base: str, article_id: str, revision: int | None) -> str:
    """Return the address of an article, or of one of its revisions, on the site at *base*."""
    return f"{base.rstrip('/')}/article/{article_id}" + (f"@{revision}" if revision is not None else "")


def checked_base(base: str) -> str:
    """Return *base* if a site may stand there; raises UsageError."""
    try:
        parts = urlsplit(base)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web or parts.query or parts.fragment or any(sign.isspace() for sign in base):
        raise UsageError(f"{base!r} is no address of a site; write one such as https://arsip.example/berita")
    return base.rstrip("/")
