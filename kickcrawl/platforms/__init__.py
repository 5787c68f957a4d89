"""Publishing platforms, one file each: a new one is a file that fills a Platform, and a line in PLATFORMS.

The functions answer questions over all of them, so that nothing else has to name one. docs/CONTRIBUTING.md has the
recipe. Pure: nothing is fetched here.
"""

from collections.abc import Iterator

from kickcrawl.article import Field, PostsName, Rejection
from kickcrawl.page.parsed import ParsedPage
from kickcrawl.platforms.blogger import BLOGGER
from kickcrawl.platforms.generic import GENERIC
from kickcrawl.platforms.record import Mark, PageHead, Platform, PostsList
from kickcrawl.platforms.wordpress import WORDPRESS

# Where two claim a site by marks of the same rank, the first has it. The last is for sites that nobody claims.
PLATFORMS: tuple[Platform, ...] = (
    WORDPRESS,
    BLOGGER,
    GENERIC,
)


def platform_named(name: str) -> Platform:
    """Return the platform called *name*. Raises ValueError, with those that there are, for any other."""
    for platform in PLATFORMS:
        if platform.name == name:
            return platform
    raise ValueError(f"no such platform; write one of: {', '.join(platform.name for platform in PLATFORMS)}")


def platform_of(head: PageHead) -> tuple[Platform, Mark] | None:
    """Return the platform of the site with this front page, and the mark that told it; None where no mark is found."""
    found = [(platform, mark) for platform in PLATFORMS for mark in platform.marks if mark.is_on(head)]
    return min(found, key=lambda pair: pair[1].rank, default=None)


def posts_lists() -> dict[PostsName, PostsList]:
    """Return the lists of all posts that platforms have, by their names."""
    return {platform.posts.name: platform.posts for platform in PLATFORMS if platform.posts}


def platform_with(posts: str) -> Platform | None:
    """Return the platform that has the list of all posts called *posts*; None where *posts* is another kind of seed."""
    return next((platform for platform in PLATFORMS if platform.posts and platform.posts.name == posts), None)


def posts_sources(field: Field, *, weaker_than_page: bool) -> Iterator[PostsName]:
    """Yield the lists of all posts whose word on *field* ranks before that of the article's page, or behind it."""
    for name, posts in posts_lists().items():
        if (field in posts.weaker_than_page) == weaker_than_page:
            yield name


def native_id(page: ParsedPage) -> str | None:
    """Return the number that the site's platform gives to the only post in the scope of *page*; None without one."""
    found = (platform.native_id(page) for platform in PLATFORMS if platform.native_id)
    return next(filter(None, found), None)


def declared_kind(page: ParsedPage) -> Rejection | None:
    """Return why *page* is no article, as far as its platform's own markup says so; None if it does not."""
    found = (platform.page_kind(page) for platform in PLATFORMS if platform.page_kind)
    return next(filter(None, found), None)
