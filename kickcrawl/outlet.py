"""Outlets as data: one TOML file is one outlet. Reads them, checks them, and answers what belongs to an outlet.

In: folders of ``<region>/<slug>.toml``. Out: Outlet records, checked by pydantic. A wrong file raises OutletError with
the file, the key, what is wrong and what to write.
"""

import os
import re
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NamedTuple
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from kickcrawl.article import PostsName, SiteRules
from kickcrawl.errors import OutletError, UsageError
from kickcrawl.hours import read_hours
from kickcrawl.other_pages import NEVER
from kickcrawl.outlet_mistakes import what_to_write
from kickcrawl.platforms import platform_named, posts_lists
from kickcrawl.urls import canonicalize, host_of

BUNDLED = Path(__file__).parent / "outlets"


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: too long for a file's name
        raise ValueError('no such zone; write an IANA name such as "Asia/Makassar"') from error
    return name


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no regular expression ({error}); write one such as '^/berita/'") from error
    return text


def _selector(text: str) -> str:
    try:
        CSSSelector(text, translator="html")  # parsing alone would pass what no XPath can say
    except SelectorError as error:
        raise ValueError(f"no CSS selector ({error}); write one such as 'div.entry-content'") from error
    return text


def without_secrets(url: str) -> str:
    """Return *url*; ValueError, which does not repeat it, where it holds a user's name or password.

    It would stand in the log, in the archive and in every WARC record.
    """
    if "@" in url.partition("//")[2].partition("/")[0]:
        raise ValueError("an address with a user name or a password, which would be archived; write it without")
    return url


def _home(url: str) -> str:
    parts = urlsplit(without_secrets(url))
    if parts.scheme not in ("http", "https") or not host_of(url):
        raise ValueError('no web address; write one such as "https://kicknews.today/"')
    return url if parts.path else url + "/"


def _platform(name: str) -> str:
    return platform_named(name).name


def _hours(text: str) -> str:
    read_hours(text)
    return text


Zone = Annotated[str, AfterValidator(_zone)]
Pattern = Annotated[str, AfterValidator(_pattern)]
_CONFIG = ConfigDict(frozen=True, extra="forbid")


class Seeds(BaseModel):
    """Where discovery begins; paths relative to home.

    Beside the keys below, one for each list of all posts that a platform has (``rest``, ``blogger``): see posts.
    """

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, str | None]
    sitemaps: tuple[str, ...] = ()  # all are read, beside those that robots.txt names and those at usual places
    feeds: tuple[str, ...] = ()  # alternatives: the first that answers is read
    sections: tuple[str, ...] = ("/",)  # pages that list the newest articles

    @model_validator(mode="before")
    @classmethod
    def _know_keys(cls, data: Any) -> Any:
        """Refuse keys that are neither ours nor a list of posts; lists that are not given become None."""
        if not isinstance(data, dict):
            return data
        posts = dict.fromkeys(posts_lists())
        for key in data:
            if key not in cls.model_fields and key not in posts:
                raise ValidationError.from_exception_data(
                    cls.__name__, [{"type": "extra_forbidden", "loc": (key,), "input": data[key]}]
                )
        return posts | data

    @property
    def posts(self) -> dict[PostsName, str]:
        """The lists of all posts that the outlet has: by its name, the path of each."""
        return {PostsName(name): path for name, path in (self.__pydantic_extra__ or {}).items() if path}


class UrlRules(BaseModel):
    """Regular expressions on path and query, for links that no seed vouches for."""

    model_config = _CONFIG
    article: tuple[Pattern, ...] = ()
    exclude: tuple[Pattern, ...] = ()


class StatedLayout(BaseModel):
    """Where the body stands in the outlet's pages, written down by a person."""

    model_config = _CONFIG
    body: Annotated[str, AfterValidator(_selector)]  # CSS selector


class Classification(NamedTuple):
    """Whether a URL may be an article, and by which rule."""

    is_article: bool
    rule: str


class Outlet(BaseModel):
    """A newspaper or news site, as its file describes it."""

    model_config = _CONFIG
    slug: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]  # with dots: a site without a file, by its host
    name: Annotated[str, Field(min_length=1)]
    home: Annotated[str, AfterValidator(_home)]
    publisher: str | None = None
    region: Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")] | None = None  # ISO 3166-2
    place: str | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "id"
    timezone: Zone = "Asia/Makassar"
    platform: Annotated[str, AfterValidator(_platform)] = "generic"  # see kickcrawl/platforms
    domains: tuple[str, ...] = ()
    title_suffixes: tuple[str, ...] = ()
    dateline_names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()  # that may stand behind the outlet's name in a dateline
    section_names: dict[str, str] = {}  # as printed -> as archived
    delay: Annotated[float, Field(ge=0, le=120)] = 1.0  # seconds between two requests
    requests_per_day: Annotated[int, Field(ge=1)] | None = None  # (UTC) at most; else the setting REQUESTS_PER_DAY
    quiet_hours: tuple[Annotated[str, AfterValidator(_hours)], ...] = ()  # of its own clock: "23:00-05:00"
    render: bool = False  # its articles are built by JavaScript: fetch them with a browser
    render_wait: Annotated[str, Field(min_length=1)] | None = None  # CSS selector of what is there when they are built
    images: bool = False  # keep the pictures of its articles
    contact: str | None = None  # the newsroom's address, for the operator
    verified: bool | date = False  # the day on which all of this fitted the live site: `kickcrawl outlets --check`
    seeds: Seeds = Seeds()
    urls: UrlRules = UrlRules()
    layout: tuple[StatedLayout, ...] = ()

    def served_at(self, base_url: str) -> "Outlet":
        """Return this outlet as another server shows it: *base_url* is its home and its only domain."""
        home = _home(base_url)
        return self.model_copy(update={"home": home, "domains": (host_of(home),)})

    def owns(self, url: str) -> bool:
        """Tell whether *url* is on one of the outlet's hosts."""
        return host_of(url) in self.hosts

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts of its home and its domains, in lower case, with their ports where they have one."""
        return frozenset((host_of(self.home), *(domain.lower() for domain in self.domains)))

    @property
    def bare_hosts(self) -> frozenset[str]:
        """Its hosts without "www.", as bare_host() gives them."""
        return frozenset(host.removeprefix("www.") for host in self.hosts)

    def url(self, path: str) -> str:
        """Return the absolute address of *path* on the outlet."""
        return urljoin(self.home, path)

    def classify(self, url: str) -> Classification:
        """Say whether *url* may be an article by its form alone, and by which rule. Seeds know better."""
        if not self.owns(url):
            return Classification(is_article=False, rule=f"not on {', '.join(sorted(self.hosts))}")
        parts = urlsplit(canonicalize(url))
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        if parts.path in ("", "/") and not parts.query:
            return Classification(is_article=False, rule="the front page")
        for pattern in (*self.urls.exclude, *NEVER, *platform_named(self.platform).never):
            if re.search(pattern, target):
                return Classification(is_article=False, rule=f"exclude {pattern}")
        for pattern in self.urls.article:
            if re.search(pattern, target):
                return Classification(is_article=True, rule=f"article {pattern}")
        if self.urls.article:
            return Classification(is_article=False, rule="no article pattern fits")
        return Classification(is_article=True, rule="no rule speaks against it")

    @property
    def rules(self) -> SiteRules:
        """What the extractor needs of this outlet."""
        return SiteRules(
            slug=self.slug,
            name=self.name,
            language=self.language,
            timezone=self.timezone,
            title_suffixes=self.title_suffixes,
            dateline_names=self.dateline_names,
            places=self.places,
            section_names=tuple(self.section_names.items()),
            body=tuple(layout.body for layout in self.layout),
        )


def is_article_of(outlet: Outlet, url: str) -> bool:
    """Tell whether *url* may be an article of *outlet* by its form alone, for readers in other processes."""
    return outlet.classify(url).is_article


def load_outlets(folders: Iterable[Path]) -> dict[str, Outlet]:
    """Return the outlets of all files in *folders*, by slug, later folders over earlier ones. Raises OutletError."""
    outlets: dict[str, Outlet] = {}
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{folder}: no such folder of outlets; correct OUTLETS or KICKCRAWL_OUTLETS")
        here: dict[str, Path] = {}
        for file in sorted(folder.rglob("*.toml")):
            if file.stem in here:
                raise OutletError(file, "", f"{here[file.stem]} has the same name; rename one: it names the outlet")
            here[file.stem] = file
            outlets[file.stem] = read_outlet(file)
    return outlets


def outlet_folders(extra: str | None = None) -> list[Path]:
    """Return the folders that hold outlets: the bundled one, and the operator's own (*extra* or KICKCRAWL_OUTLETS)."""
    own = extra or os.environ.get("KICKCRAWL_OUTLETS")
    return [BUNDLED, Path(own)] if own else [BUNDLED]


def pick(outlets: dict[str, Outlet], slug: str) -> Outlet:
    """Return the outlet called *slug*; raises UsageError with those that there are."""
    if slug not in outlets:
        raise UsageError(f"there is no outlet {slug!r}; there are: {', '.join(sorted(outlets)) or 'none'}")
    return outlets[slug]


def read_outlet(file: Path) -> Outlet:
    """Return the outlet that *file* describes. Raises OutletError."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OutletError(file, "", f"no valid TOML ({error}); correct that line") from error
    except OSError as error:
        raise OutletError(file, "", f"cannot be read ({error.strerror})") from error
    try:
        return Outlet.model_validate({"slug": file.stem, **data})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise OutletError(file, key, what_to_write(first)) from error
