"""Hold an outlet file against its live site, claim by claim: what fits, what does not, and what was found instead.

Pure: the outlet, what its site was recognised as, and how the seeds of its file answered go in; ClaimChecks come out.
A claim that the site does not bear on (a title's suffix, a delay) is not checked.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from kickcrawl.article import Article, Candidate, Rejection, SeedKind
from kickcrawl.outlet import Outlet
from kickcrawl.platforms import posts_lists
from kickcrawl.sites.recognise import Proposal
from kickcrawl.sites.seed_trials import Trial

MIN_FITTING = 0.9  # of the articles that seeds name, those whose addresses must have the form that the file states
MAX_EXAMPLES = 3
CORRECTED = ("platform", "language", "timezone")  # keys that `--write` corrects: one line each, and surely told


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCheck:
    """What came of the claim *key*, which says *said*: *fits*, or None where the site does not tell; what was *found*.

    *correction* is the value that the file should have, of a key in CORRECTED.
    """

    key: str
    said: str
    fits: bool | None
    found: str
    correction: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What was seen of an outlet: its *proposal*, the *trials* of its file's own seeds, and the *articles* read."""

    proposal: Proposal
    trials: tuple[Trial, ...]
    articles: tuple[Article | Rejection, ...]


def check_claims(outlet: Outlet, sight: Sight) -> list[ClaimCheck]:
    """Return a ClaimCheck for each claim in the file of *outlet* that its site tells about."""
    found = sight.proposal.outlet
    return [
        _home(outlet, found.home),
        _same("platform", outlet.platform, found.platform),
        _same("language", outlet.language, found.language),
        _timezone(outlet, sight),
        _render(outlet, found),
        *_seeds(outlet, sight.trials),
        _patterns(outlet, sight.trials),
        _articles(sight.articles),
    ]


def own_seeds(outlet: Outlet) -> list[tuple[str, SeedKind, str]]:
    """Return the seeds that the file of *outlet* names: key, kind of seed, and the address to ask."""
    posts: list[tuple[str, SeedKind, str]] = [
        (f"seeds.{name}", name, posts_lists()[name].query_url(outlet.url(path), "sample"))
        for name, path in outlet.seeds.posts.items()
    ]
    others: dict[str, SeedKind] = {"sitemaps": "sitemap", "feeds": "feed", "sections": "listing"}
    return posts + [
        (f"seeds.{key}", kind, outlet.url(path)) for key, kind in others.items() for path in getattr(outlet.seeds, key)
    ]


def _home(outlet: Outlet, led_to: str) -> ClaimCheck:
    fits = outlet.owns(led_to)
    return ClaimCheck(key="home", said=outlet.home, fits=fits, found="it answers" if fits else f"it leads to {led_to}")


def _same(key: str, said: str, found: str) -> ClaimCheck:
    fits = said == found
    return ClaimCheck(key=key, said=said, fits=fits, found=found, correction=None if fits else found)


def _timezone(outlet: Outlet, sight: Sight) -> ClaimCheck:
    """Hold the zone against the offsets that the site writes; of zones with one offset any is right."""
    moments = [one for trial in sight.trials for c in trial.candidates for one in (c.published, c.modified) if one]
    written = [moment.offset for moment in moments if moment.offset]
    written += [one.published_offset for one in sight.articles if isinstance(one, Article) and one.published_offset]
    if not written:
        return ClaimCheck(key="timezone", said=outlet.timezone, fits=None, found="its times have no offset")
    offset, _ = Counter(written).most_common(1)[0]
    fits = offset == _offset(outlet.timezone)
    other = sight.proposal.outlet.timezone
    correction = other if not fits and _offset(other) == offset else None
    found = f"its times are {offset / 60:+g} hours from UTC"
    return ClaimCheck(key="timezone", said=outlet.timezone, fits=fits, found=found, correction=correction)


def _offset(zone: str) -> int:
    """Return today's offset of *zone*, in minutes east of UTC."""
    offset = datetime.now(UTC).astimezone(ZoneInfo(zone)).utcoffset()
    return int(offset.total_seconds() // 60) if offset is not None else 0


def _render(outlet: Outlet, found: Outlet) -> ClaimCheck:
    fits = outlet.render or not found.render
    told = "its pages are built by scripts: write render = true" if found.render else "its pages are whole as sent"
    return ClaimCheck(key="render", said=str(outlet.render).lower(), fits=fits, found=told)


def _seeds(outlet: Outlet, trials: Sequence[Trial]) -> Iterator[ClaimCheck]:
    """Yield a ClaimCheck for each kind of seed: of sitemaps and feeds, which are alternatives, one must name articles.

    What a section's page names hangs on the patterns, which have a ClaimCheck of their own: it must only answer.
    """
    by_address = {(trial.seed, trial.url): trial for trial in trials}
    keys: dict[str, list[Trial]] = {}
    for key, kind, url in own_seeds(outlet):
        if trial := by_address.get((kind, url)):
            keys.setdefault(key, []).append(trial)
    for key, own in keys.items():
        good = [one for one in own if one.error is None and (one.candidates or one.children or one.seed == "listing")]
        fits = bool(good) if key in ("seeds.sitemaps", "seeds.feeds") else len(good) == len(own)
        yield ClaimCheck(key=key, said=", ".join(t.url for t in own), fits=fits, found="; ".join(map(_told, own)))


def _told(trial: Trial) -> str:
    if trial.error is not None:
        return f"{trial.url}: {trial.error}"
    return f"{trial.url}: names {trial.total or len(trial.candidates) or len(trial.children) or 'nothing'}"


def _patterns(outlet: Outlet, trials: Sequence[Trial]) -> ClaimCheck:
    """Hold the patterns against the articles that seeds of posts name."""
    named = {c.url for trial in trials for c in trial.candidates if _is_article(outlet, c, trial)}
    said = ", ".join(outlet.urls.article) or "any"
    if not named:
        return ClaimCheck(key="urls.article", said=said, fits=None, found="no seed names articles for sure")
    strange = sorted(url for url in named if not outlet.classify(url).is_article)
    fits = len(named) - len(strange) >= MIN_FITTING * len(named)
    told = f"{len(named) - len(strange)} of {len(named)} addresses of articles fit"
    examples = f"; not {', '.join(strange[:MAX_EXAMPLES])}" if strange else ""
    return ClaimCheck(key="urls.article", said=said, fits=fits, found=told + examples)


def _is_article(outlet: Outlet, candidate: Candidate, trial: Trial) -> bool:
    """Tell whether a seed vouches for *candidate*: a list of posts or a feed does; a sitemap, where it says so."""
    vouches = candidate.is_post if candidate.is_post is not None else trial.seed == "feed"
    return bool(vouches) and outlet.owns(candidate.url)


def _articles(read: Sequence[Article | Rejection]) -> ClaimCheck:
    good = [one for one in read if isinstance(one, Article)]
    why = "; ".join(f"{one.reason}: {one.detail}" for one in read if isinstance(one, Rejection))
    told = f"{len(good)} of {len(read)} could be read" + (f" ({why})" if why else "")
    return ClaimCheck(key="articles", said="can be read", fits=bool(good), found=told)
