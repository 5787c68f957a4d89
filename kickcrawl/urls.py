"""URLs: their canonical form, whether two are one address, and which are the further pages of an article.

Canonicalizing twice is the same as once.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from kickcrawl.vocabulary import WORDS, any_of

MAX_URL = 4096  # characters; sitemaps.org allows 2,048, and most servers answer what is longer than 8,192 with 414
# What whoever passes a link on adds to it, on whatever site: it never tells articles apart. Of Google, Meta, Microsoft,
# Yandex and others with advertisements and letters, then of the counters Matomo, AT Internet, HubSpot and Webtrekk.
_PASSED_ON = (
    r"utm_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|gad_\w+|dclid|msclkid|yclid|_openstat|ttclid|twclid|li_fat_id|igshid"
    r"|mc_[ce]id|_g[al]|__twitter_impression|_branch_match_id"
    r"|(?:mtm|pk|piwik)_(?:campaign|kwd|keyword|source|medium|content|cid|group|placement)"
    r"|at_(?:campaign|medium|creation|custom\d+|ptr_\w+)|hsa_\w+|__hs\w+|wt_z?mc"
)
_IS_PASSED_ON = re.compile(_PASSED_ON)
# Also parameters that say where a reader came from or how a page is shown: on most sites, not what it shows.
_TRACKING = re.compile(
    rf"{_PASSED_ON}|fb_\w+|srsltid|igsh|_hs\w+|mkt_tok|_gid|ref|ref_src|share|replytocom|amp|amp_\w+|nb|noamp"
    r"|output|outputtype|print|printable|sessionid|phpsessid|sid|jsessionid",
    re.IGNORECASE,
)
# The same with a value: m=1 is Blogger's page for telephones, page=1 the article's first page.
_PAGE = any_of(("page", "pg", *WORDS.addresses.page))
_SHOWN_AS = re.compile(rf"m=[01]|{_PAGE}=1|(?:view|format|tmpl)=(?:amp|print|component)", re.IGNORECASE)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sessionid|sid)=[^/;]*", re.IGNORECASE)
_SESSION_SEGMENT = re.compile(r"/\((?:[AFSX]\([^/()]*\))+\)(?=/|$)")  # /(S(lit3py55t21z5v55vlm25s55))/, of ASP.NET
# Numbers of an article's further pages: behind its own address, and in a parameter.
_IN_PATH = re.compile(rf"/?|/(?:{any_of(('page', 'p', *WORDS.addresses.page))}[/_-])?(\d{{1,2}})/?", re.IGNORECASE)
_NUMBERED = re.compile(rf"{_PAGE}=(\d{{1,2}})", re.IGNORECASE)
_IN_FULL = re.compile(r"https?://[\w.-]+(?::\d+)?(?:/[\w/.,~%+=&@!()*:-]*(?:\?[\w/.,~%+=&@!()*:-]+)?)?", re.ASCII)
_ORIGIN = re.compile(r"https?://[^/?#]+")
_DEFAULT_PORT = {"http": 80, "https": 443}
_NAME = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}")
_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")


def canonicalize(url: str, *, telling: Collection[str] = (), noise: Collection[str] = ()) -> str:
    """Return *url* without fragment, tracking parameters, AMP marks, default port and upper case in its host.

    *telling* are names of parameters, in small letters, that tell this outlet's articles apart whatever they mean
    elsewhere; *noise* those that tell nothing here.

    The path stays as the outlet writes it (with or without a slash at the end), its escapes and dots resolved as RFC
    3986, section 6.2.2, says. Raises ValueError for what is no http(s) URL, or a longer one than any newspaper's.

    >>> canonicalize("HTTPS://Kicknews.today:443/harga-cabai?utm_source=x&p=3#top")
    'https://kicknews.today/harga-cabai?p=3'
    """
    parts = urlsplit(tidy(url))
    kept = [part for part in parts.query.split("&") if not _is_noise(_name_of(part), telling, noise)]
    return urlunsplit(parts._replace(query="&".join(kept)))


def joined(base: str, address: str) -> str:
    """Return *address*, as it is written on the page *base*, in full; as urljoin() does, ValueError included.

    Several rules ask for the same links and pictures of a page, so that the last ones are remembered.

    >>> joined("https://kicknews.today/ekonomi/harga-cabai", "../tag/cabai")
    'https://kicknews.today/tag/cabai'
    """
    if _IN_FULL.fullmatch(address):
        return address  # as most are; urljoin() takes ten times as long to return the same
    if address.startswith("/") and "//" not in address and "/." not in address and (origin := _ORIGIN.match(base)):
        full = f"{origin[0]}{address}"  # from the root
        if _IN_FULL.fullmatch(full):
            return full
    return _joined(base, address) if len(address) <= MAX_URL else urljoin(base, address)  # a picture may stand in it


_joined = lru_cache(maxsize=2048)(urljoin)  # about 1 MB


@lru_cache(maxsize=2048)  # about 1 MB; a list's addresses are asked for once by each rule
def tidy(url: str) -> str:
    """Return *url* as canonicalize() does, but with every parameter that some outlet tells its articles apart by."""
    if len(url) > MAX_URL:
        raise ValueError(f"{url[:60]!r}... is longer than {MAX_URL} characters")
    try:
        parts = urlsplit(safe_url_string(url.strip()))
        scheme, netloc, port = parts.scheme.lower(), _host(parts.hostname or ""), parts.port
    except ValueError as error:
        raise ValueError(f"{url!r} is no http or https address ({error})") from None
    if scheme not in _DEFAULT_PORT:
        raise ValueError(f"{url!r} is no http or https address")
    if port and port != _DEFAULT_PORT[scheme]:
        netloc += f":{port}"
    path = resolve_path(parts.path)
    while (plain := _without_amp(path)) != path:
        path = resolve_path(plain)  # of "/.;/amp" remains what is a dot only at the end of a path
    return urlunsplit((scheme, netloc, path, _query(parts.query), ""))


def _host(name: str) -> str:
    """Return a host in its one form: a name that DNS could know, or an IP address. ValueError for other spellings.

    http://2130706433/ and http://0x7f.1/ are 127.0.0.1 to browsers: nobody honest writes an address so.
    """
    host = name.lower().rstrip(".")
    if ":" in host and "%" not in host:
        return f"[{IPv6Address(host)}]"
    if _NUMBER.fullmatch(host):
        return str(IPv4Address(host))
    if not _NAME.fullmatch(host):
        raise ValueError("it has no host" if not host else "its host is no name")
    return host


def resolve_path(path: str) -> str:
    """Return *path* as every server understands it: without dots, doubled slashes, sessions and needless escapes."""
    path = _unescaped(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", path))
    path = re.sub(r"//+", "/", _SESSION_SEGMENT.sub("/", _SESSION.sub("", path))) or "/"
    if "/." in path:
        path = re.sub(r"//+", "/", urlsplit(urljoin("http://x/", path)).path)
    return path


def _without_amp(path: str) -> str:
    """Return *path* without the segments that ask for its AMP page: /panen/amp, /panen/amp/12, /amp/panen."""
    segments = written = path.strip("/").split("/")
    while segments[-1:] == ["amp"] or segments[2:] and segments[-2] == "amp" and segments[-1].isdecimal():
        segments = segments[:-1]
    while segments[1:] and segments[0] == "amp":
        segments = segments[1:]
    if segments is written:
        return path
    return f"/{'/'.join(segments)}{'/' if path.endswith('/') and segments else ''}"


def names_in(url: str) -> frozenset[str]:
    """Return the names of the parameters of *url*, in small letters."""
    return frozenset(map(_name_of, filter(None, urlsplit(url).query.split("&"))))


def is_tracking(name: str) -> bool:
    """Tell whether the public lists call the parameter *name* noise."""
    return _TRACKING.fullmatch(name) is not None


def is_passed_on(name: str) -> bool:
    """Tell whether whoever passes a link on adds the parameter *name*, in small letters: noise on every site."""
    return _IS_PASSED_ON.fullmatch(name) is not None


def _is_noise(name: str, telling: Collection[str], noise: Collection[str]) -> bool:
    return name not in telling and (name in noise or is_tracking(name))


def _query(query: str) -> str:
    """Return *query* as written, without what is noise on every site: its bytes need not be UTF-8."""
    kept = [part for part in _unescaped(query).split("&") if part and not _SHOWN_AS.fullmatch(part)]
    return "&".join(part for part in kept if not is_passed_on(_name_of(part)))


def _name_of(part: str) -> str:
    return unquote(part.partition("=")[0]).lower()


def _unescaped(text: str) -> str:
    """Return *text* without escapes of letters, digits and -._~, the others in upper case."""

    def resolve(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if re.fullmatch(r"[A-Za-z0-9._~-]", character) else match[0].upper()

    return _ESCAPE.sub(resolve, text) if "%" in text else text


def same_addresses(url: str) -> list[str]:
    """Return the canonical *url* and those that differ from it only as same_address allows.

    >>> same_addresses("https://kicknews.today/panen")[:3]
    ['https://kicknews.today/panen', 'https://kicknews.today/panen/', 'https://www.kicknews.today/panen']
    """
    parts = urlsplit(url)
    bare, path = parts.netloc.removeprefix("www."), parts.path.rstrip("/")
    return list(
        dict.fromkeys(
            [url, *(
                urlunsplit((scheme, host, ending or "/", parts.query, ""))
                for scheme in ("https", "http")
                for host in (bare, f"www.{bare}")
                for ending in (path, f"{path}/")
            )]
        )
    )  # fmt: skip


def same_address(one: str, other: str) -> bool:
    """Tell whether two URLs differ only in scheme, "www." or a slash at the end."""
    return one == other or _address(one) == _address(other)


@lru_cache(maxsize=2048)  # about 1 MB; a dozen rules ask for the host of the same few addresses
def host_of(url: str) -> str:
    """Return the host of *url* with its port if it has one, lower-case; "" if it has no host."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port and parts.port != _DEFAULT_PORT.get(parts.scheme) else ""
    except ValueError:
        return ""
    return f"{(parts.hostname or '').lower()}{port}"


def bare_host(url: str) -> str:
    """Return the host of *url* as host_of() does, without "www.": with it and without is one site."""
    return host_of(url).removeprefix("www.")


def is_further_page(url: str, article: str) -> bool:
    """Tell whether *url* may be a further page of the one at *article*, by its ending alone.

    >>> is_further_page("https://kicknews.today/panen/2/", "https://kicknews.today/panen/")
    True
    """
    return page_number(url, article) is not None


def page_number(url: str, article: str) -> int | None:
    """Return which page of the one at *article* is at *url*, by what *url* has behind the article's address, or else.

    None where *url* is not one of its pages, or the first. A number may stand in the path, behind a word for page or
    not, or in a parameter beside the article's own ones.

    >>> page_number("https://kicknews.today/berita?id=12&page=3", "https://kicknews.today/berita?id=12")
    3
    """
    there, own = urlsplit(url), urlsplit(article)
    base = own.path.rstrip("/")
    if bare_host(url) != bare_host(article) or not there.path.startswith(base):
        return None
    parameters, known = there.query.split("&") if there.query else [], own.query.split("&") if own.query else []
    numbers = [match[1] for part in parameters if part not in known and (match := _NUMBERED.fullmatch(part))]
    others = [part for part in parameters if part not in known and not _NUMBERED.fullmatch(part)]
    ending = _IN_PATH.fullmatch(there.path[len(base) :])
    if ending is None or others or any(part not in parameters for part in known if not _NUMBERED.fullmatch(part)):
        return None
    found = [number for number in (ending[1], *numbers) if number]
    return int(found[0]) if len(found) == 1 and int(found[0]) > 1 else None


def _address(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return bare_host(url), parts.path.rstrip("/"), parts.query
