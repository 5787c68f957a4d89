"""Recognise a site that has no outlet file: from its front page, robots.txt and the usual places to a proposed Outlet.

Pure. ``wanted`` says which addresses are still to be asked for, whoever fetches puts the answers into the Sighting, and
``recognise`` weighs them:

    while urls := wanted(sighting):
        sighting.answers.update({url: fetch(url) for url in urls})
    proposal = recognise(sighting)
"""

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from kickcrawl.answer import SHOWN
from kickcrawl.article import Candidate, SeedKind
from kickcrawl.discovery.article_form import has_article_form
from kickcrawl.discovery.listing import read_listing
from kickcrawl.errors import SeedError
from kickcrawl.outlet import Outlet, Seeds, UrlRules
from kickcrawl.platforms import platform_named, platform_with, posts_lists
from kickcrawl.platforms.generic import GENERIC
from kickcrawl.platforms.record import Platform, PostsList
from kickcrawl.sites.frontpage import FrontPage, read_front_page
from kickcrawl.sites.named_feeds import feeds_listed, own_address
from kickcrawl.sites.patterns import article_patterns
from kickcrawl.sites.region import language_of, region_of, zone_of
from kickcrawl.sites.seed_trials import Sighting, Trial, child_to_read, try_seed
from kickcrawl.urls import bare_host, canonicalize, host_of

MAX_SECTIONS = 12  # menus of portals name dozens; the front page and these lead to nearly all
MAX_FEEDS = 8  # portals have one for each section
MAX_NEWEST = 5  # articles that a proposal shows


@dataclass(frozen=True, slots=True)
class Proposal:
    """A site as it was recognised. *mark* is the sign that told its platform; *newest* are some of its articles."""

    outlet: Outlet
    mark: str | None
    trials: tuple[Trial, ...]
    newest: tuple[Candidate, ...]


def unlisted_site(url: str, slug: str) -> Outlet:
    """Return what is known of the site at *url*, which has no outlet file, before it is probed."""
    host = host_of(url)
    bare = host.removeprefix("www.")
    is_name = ":" not in host and not bare.replace(".", "").isdecimal()
    domains = (bare, f"www.{bare}") if is_name else (host,)
    return Outlet(slug=slug, name=bare.split(":")[0], home=url, domains=domains)


def wanted(sighting: Sighting) -> list[str]:
    """Return the addresses that should be asked for next; none when enough is seen."""
    if sighting.home not in sighting.answers:
        return [sighting.home]
    front = _front(sighting)
    missing = [url for _, url in _asked(sighting, front) if url not in sighting.answers]
    if missing:
        return missing
    trials = _trials(sighting, front)
    inside = [child for trial in trials for child in child_to_read(trial) if child not in sighting.answers]
    if inside or any(trial.covers for trial in trials):
        return inside
    return [url for url in front.sections[:MAX_SECTIONS] if url not in sighting.answers]


def list_pages(sighting: Sighting) -> tuple[str, ...]:
    """Return the addresses of pages that the front page links to as lists."""
    return _front(sighting).sections


def needs_browser(sighting: Sighting) -> bool:
    """Tell whether the front page is a frame that its scripts fill."""
    try:
        return _front(sighting).is_frame
    except SeedError:
        return False


def recognise(sighting: Sighting) -> Proposal:
    """Return the proposed outlet. Raises SeedError where the site is out of reach or its front page unreadable."""
    front = _front(sighting)
    trials = _trials(sighting, front)
    posts = [c for trial in trials if trial.seed != "listing" for c in trial.candidates if c.is_post is not False]
    outlet = _described(sighting, front, posts).model_copy(update={"render": sighting.is_rendered})
    told = {c.url for c in posts if c.is_post and outlet.owns(c.url)}
    likely = {c.url for c in posts if c.is_post is None and has_article_form(c.url)} | _headlines(sighting, front)
    by_database = {c.url for t in trials if t.seed in posts_lists() for c in t.candidates if outlet.owns(c.url)}
    examples = told | {url for url in likely if outlet.classify(url).is_article}
    rules = UrlRules(article=article_patterns(sorted(examples), told, by_database))
    known = outlet.model_copy(update={"urls": rules})
    rules = UrlRules(article=rules.article, exclude=_sections_that_fit(known, front, examples))
    outlet = outlet.model_copy(update={"urls": rules, "platform": _platform(front, trials).name})
    trials = [*trials, *_section_trials(sighting, front, outlet)]
    outlet = outlet.model_copy(update={"seeds": _seeds(front, trials, outlet)})
    return Proposal(outlet, front.mark, tuple(trials), _newest(trials, outlet))


def _front(sighting: Sighting) -> FrontPage:
    answer = sighting.answers[sighting.home]
    try:
        answer.content()
    except SeedError as error:
        raise SeedError(f"{sighting.home} is out of reach ({error})") from error
    return read_front_page(answer.source)


def _headlines(sighting: Sighting, front: FrontPage) -> set[str]:
    """Return the addresses of headlines on the front page and on the sections that were read: theirs may differ."""
    found = set(front.headlines)
    for url in front.sections:
        if (answer := sighting.answers.get(url)) is not None:
            with suppress(SeedError):
                answer.content()
                found |= set(read_front_page(answer.source).headlines)
    return found


def _asked(sighting: Sighting, front: FrontPage) -> Iterator[tuple[SeedKind, str]]:
    """Yield the seeds to try; of alternatives only as far as the first that is one."""
    home, platform = sighting.answers[sighting.home].url, _told(front)
    for posts in _posts_lists(front, platform):
        if address := posts.locate(front.head, home):
            yield posts.name, posts.query_url(address, "sample")
    usual = [urljoin(home, path) for path in platform.sitemaps]
    linked = own_address(front.head.links.get("sitemap") or "", home)
    named = [linked] if linked else []
    if sighting.robots.sitemaps:  # may stand on other hosts (sitemaps.org)
        named, usual = list(_joined(home, sighting.robots.sitemaps)), []
    yield from _until_one(sighting, "sitemap", dict.fromkeys([*named, *usual]))
    named_feeds = list(_named_feeds(sighting, front)) if platform.feed_use == "all" else []
    yield from (("feed", url) for url in named_feeds)  # each may name other articles
    is_open = any(url not in sighting.answers or try_seed(sighting, "feed", url).error is None for url in named_feeds)
    if platform.feed_use != "none" and not is_open:
        usual = [url for path in platform.feeds if (url := urljoin(home, path)) not in named_feeds]
        yield from _until_one(sighting, "feed", usual)


def _joined(home: str, written: Iterable[str]) -> Iterator[str]:
    for one in written:
        with suppress(ValueError):
            yield urljoin(home, one)


def _named_feeds(sighting: Sighting, front: FrontPage) -> Iterator[str]:
    """Yield the feeds that the front page names, and those that a page in a feed's place lists."""
    for url in front.feeds[:MAX_FEEDS]:
        yield url
        if (answer := sighting.answers.get(url)) is not None and answer.status in SHOWN:
            yield from feeds_listed(answer.source)[:MAX_FEEDS]


def _told(front: FrontPage) -> Platform:
    """Return the platform that the front page's marks tell."""
    return platform_named(front.platform) if front.platform else GENERIC


def _posts_lists(front: FrontPage, platform: Platform) -> list[PostsList]:
    """Return the lists of all posts to try: the platform's own; without a mark those of platforms that some hide."""
    if front.platform:
        return [platform.posts] if platform.posts else []
    return [posts for posts in posts_lists().values() if posts.is_tried_unmarked]


def _until_one(sighting: Sighting, seed: SeedKind, urls: Iterable[str]) -> Iterator[tuple[SeedKind, str]]:
    for url in urls:
        yield seed, url
        if url not in sighting.answers or try_seed(sighting, seed, url).error is None:
            return


def _trials(sighting: Sighting, front: FrontPage) -> list[Trial]:
    return [try_seed(sighting, seed, url) for seed, url in _asked(sighting, front) if url in sighting.answers]


def _platform(front: FrontPage, trials: list[Trial]) -> Platform:
    """Return the platform whose list of all posts answered, else the one that the front page's marks tell."""
    proved = (platform_with(trial.seed) for trial in trials if trial.covers)
    return next(filter(None, proved), _told(front))


def _described(sighting: Sighting, front: FrontPage, posts: list[Candidate]) -> Outlet:
    home = sighting.answers[sighting.home].url
    known = unlisted_site(home if urlsplit(home).path else home + "/", "unlisted")
    name = next(iter(front.names), known.name)
    language = front.language or language_of(front.text)
    host = [known.name] if re.search("[a-z]", known.name) else []
    return known.model_copy(
        update={
            "name": name,
            "language": language,
            "timezone": zone_of(front.text, language, [t for c in posts for t in (c.published, c.modified) if t]),
            "region": region_of(f"{front.text} {' '.join(front.names)}"),
            "title_suffixes": tuple(dict.fromkeys((name, *front.names, *host))),
            "dateline_names": tuple(dict.fromkeys((name, *host))),
        }
    )


def _sections_that_fit(outlet: Outlet, front: FrontPage, articles: Collection[str]) -> tuple[str, ...]:
    """Return rules against the sections whose addresses have an article's form.

    Where no article is below their first segment, one rule is for all of them, also those that the menu does not name.
    """
    begins = {urlsplit(url).path.split("/")[1] for url in articles}
    fitting = [urlsplit(url).path.rstrip("/") for url in front.sections if outlet.classify(url).is_article]
    rules: list[str] = []
    for path in fitting:
        first, _, rest = path[1:].partition("/")
        rules.append(f"^/{re.escape(first)}/" if rest and first not in begins else f"^{re.escape(path)}/?$")
    return tuple(dict.fromkeys(rules))[:MAX_SECTIONS]


def _section_trials(sighting: Sighting, front: FrontPage, outlet: Outlet) -> list[Trial]:
    trials = []
    for url in (sighting.home, *front.sections):
        if url not in sighting.answers:
            continue
        trial, answer = Trial(seed="listing", url=url), sighting.answers[url]
        try:
            answer.content()
            listing = read_listing(answer.source, lambda address: outlet.classify(address).is_article)
            trial.candidates = listing.candidates
        except SeedError as error:
            trial.error = error.reason
        trials.append(trial)
    return trials


def _seeds(front: FrontPage, trials: list[Trial], outlet: Outlet) -> Seeds:
    """Return the seeds for the outlet file: those that answered, or all usual ones of a platform where they may come
    back."""
    home, platform = outlet.home, platform_named(outlet.platform)

    def answered(seed: SeedKind) -> tuple[str, ...]:
        named: dict[tuple[str, ...], str] = {}
        for trial in trials:
            if trial.seed == seed and trial.error is None and trial.candidates:
                # Two feeds that name the same, RSS and Atom, are one list in two forms.
                key = tuple(c.url for c in trial.candidates) if seed == "feed" else (trial.url,)
                named.setdefault(key, _relative(trial.url, home))
        return tuple(named.values())

    def usual(paths: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_relative(urljoin(home, path), home) for path in paths)

    address = platform.posts.locate(front.head, home) if platform.posts else None
    posts = {platform.posts.name: _relative(address, home)} if platform.posts and address else {}
    return Seeds.model_validate(
        {
            **posts,
            "sitemaps": usual(platform.sitemaps) if platform.keeps_usual else answered("sitemap"),
            "feeds": usual(platform.feeds) if platform.keeps_usual else answered("feed"),
            "sections": tuple(dict.fromkeys((_relative(home, home), *answered("listing")))),
        }
    )


def _relative(url: str, home: str) -> str:
    """Return *url* as an outlet file has it: without the host if that is the outlet's own."""
    if bare_host(url) != bare_host(home):
        return url
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _newest(trials: list[Trial], outlet: Outlet) -> tuple[Candidate, ...]:
    """Return the newest articles that the seeds name, those whose time is known to any of these first.

    Of the others, those whose addresses have an article's form: a sitemap may begin with the pages of a list.
    """

    def time(candidate: Candidate) -> float:
        moment = candidate.published or candidate.modified
        return moment.at.timestamp() if moment else 0.0

    named = [candidate for trial in trials for candidate in trial.candidates if outlet.owns(candidate.url)]
    locked = {canonicalize(candidate.url) for candidate in named if candidate.protected}
    found: dict[str, Candidate] = {}
    for candidate in named:
        is_post = outlet.classify(candidate.url).is_article if candidate.is_post is None else candidate.is_post
        if is_post and (url := canonicalize(candidate.url)) not in locked:
            first = found.setdefault(url, candidate)
            found[url] = first if time(first) else candidate
    newest = sorted(found.values(), key=lambda one: (time(one), has_article_form(one.url)), reverse=True)
    return tuple(newest[:MAX_NEWEST])
