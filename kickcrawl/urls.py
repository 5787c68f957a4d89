"""URLs: their canonical form, whether two name the same story, and whether one may be an article.

Canonicalizing twice is the same as once. What a URL looks like is a hint; what a seed says of it outranks it.
"""

import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from lxml.html import HtmlElement
from w3lib.url import safe_url_string

# Parameters that say where a reader came from, not what is shown.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|amp|_gl|ref|ref_src|share|replytocom|nb|noamp|output"
    r"|print|sessionid|phpsessid|sid|jsessionid|_ga|_gid",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r";(?:jsessionid|phpsessid|sessionid|sid)=[^/;]*", re.IGNORECASE
)  # in the path, as servlets write it
_FIRST_PAGE = frozenset((("page", "1"), ("halaman", "1"), ("hal", "1")))  # which is the story itself
_AMP_PATH = re.compile(r"(?:/amp(?:/\d+)?)+/?$|^(?:/amp)+(?=/)")
_ENDING = r"/\d{1,2}/?|/?\?(?:page|halaman|hal)=\d{1,2}"  # of a story's further pages, behind its own address
_HREF = re.compile(rb"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DEFAULT_PORT = {"http": 80, "https": 443}


def canonicalize(url: str) -> str:
    """Return *url* without fragment, tracking, session and first-page parameters, AMP marks, default port and upper
    case in its host.

    The path stays as the outlet writes it (with or without a slash at the end). Raises ValueError for what is no
    http(s) URL.

    >>> canonicalize("HTTPS://Kicknews.today:443/harga-cabai?utm_source=x&p=3#top")
    'https://kicknews.today/harga-cabai?p=3'
    """
    parts = urlsplit(safe_url_string(url.strip()))
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower().rstrip(".")
    if scheme not in _DEFAULT_PORT or not host:
        raise ValueError(f"{url!r} is no http or https address")
    netloc = f"[{host}]" if ":" in host else host
    if parts.port and parts.port != _DEFAULT_PORT[scheme]:
        netloc += f":{parts.port}"
    path = _AMP_PATH.sub("", re.sub(r"//+", "/", _SESSION.sub("", parts.path))) or "/"
    if _AMP_PATH.search(parts.path) and parts.path.endswith("/") and not path.endswith("/"):
        path += "/"
    said = [part for part in parse_qsl(parts.query, keep_blank_values=True) if part not in _FIRST_PAGE]
    query = [(k, v) for k, v in said if not _TRACKING.fullmatch(k)]
    return urlunsplit((scheme, netloc, path, urlencode(query, quote_via=quote), ""))


def same_address(one: str, other: str) -> bool:
    """Tell whether two URLs differ only in scheme, "www." or a slash at the end."""
    return _address(one) == _address(other)


def host_of(url: str) -> str:
    """Return the host of *url* with its port if it has one, lower-case; "" if it has no host."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port and parts.port != _DEFAULT_PORT.get(parts.scheme) else ""
    except ValueError:
        return ""
    return f"{(parts.hostname or '').lower()}{port}"


def canonical_of_page(root: HtmlElement, url: str) -> str:
    """Return the canonical URL of the page that was found at *url*.

    The page's own rel=canonical counts if it is on the same host; a page of the same story (/slug/2/) never is one.
    """
    own = canonicalize(url)
    for href in root.xpath("//head/link[@rel='canonical']/@href"):
        try:
            named = canonicalize(urljoin(url, href))
        except ValueError:
            continue
        if host_of(named).removeprefix("www.") == host_of(own).removeprefix("www.") and not _is_root(named):
            return named
    return own


def _is_root(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def continuation_pages(url: str, body: bytes) -> list[str]:
    """Return the addresses of the further pages of the story at *url* that its HTML links to, in order.

    WordPress splits long posts into URL/2/, URL/3/; others use ?page=2. Read from the bytes by an expression that is
    the same for all (compiling one for each address took longer than searching), because the tree is built in a worker.
    """
    parts = urlsplit(url)
    path, host = parts.path.rstrip("/").encode(), parts.netloc.removeprefix("www.").encode()
    if not path:
        return []
    origins = [scheme + www + host for scheme in (b"//", b"http://", b"https://") for www in (b"", b"www.")]
    starts = tuple(origin + path for origin in (b"", *origins))
    found: dict[int, str] = {}
    for match in _HREF.finditer(body):
        link = match[1] or match[2] or b""
        for start in filter(link.startswith, starts):
            ending = link[len(start) :].decode("latin-1")
            if re.fullmatch(_ENDING, ending) and (number := int(re.findall(r"\d+", ending)[-1])) > 1:
                found.setdefault(number, f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}{ending}")
    return [found[number] for number in sorted(found)]


def is_further_page(url: str, story: str) -> bool:
    """Tell whether *url* may be a further page of the one at *story*, by its ending alone.

    >>> is_further_page("https://kicknews.today/panen/2/", "https://kicknews.today/panen/")
    True
    """
    base = story.partition("?")[0].rstrip("/")
    return url.startswith(base) and re.fullmatch(_ENDING, url[len(base) :]) is not None


def _address(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return host_of(url).removeprefix("www."), parts.path.rstrip("/"), parts.query
