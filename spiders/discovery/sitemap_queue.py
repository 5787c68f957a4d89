"""In which order the sitemaps of one root are read, and which of them not at all."""

from collections import deque
from collections.abc import Sequence
from urllib.parse import urljoin


class SitemapQueue:
    """The sitemaps that are still to be read, with their depth below *root*.

    Where one in a folder is a feed, so are its neighbours (Nikola's index names one for each author and keyword): they
    are put off, and not read at all where there are lists, which name what they name.
    """

    def __init__(self, root: str) -> None:
        self._waiting, self._put_off = deque([(root, 0)]), deque[tuple[str, int]]()
        self._home, self._feeds = urljoin(root, "."), set[str]()

    def add(self, urls: Sequence[str], depth: int) -> None:
        """Put *urls*, which a sitemap at the level above *depth* names, behind the others."""
        self._waiting += [(url, depth) for url in urls]

    def put_off_like(self, url: str) -> None:
        """Put off the neighbours of *url*, which is a feed."""
        self._feeds |= {urljoin(url, ".")} - {self._home}

    def next(self, *, has_list: bool) -> tuple[str, int] | None:
        """Return the next address and its depth; None where there is no more. *has_list*: a list was read."""
        while self._waiting:
            url, depth = self._waiting.popleft()
            if urljoin(url, ".") not in self._feeds:
                return url, depth
            self._put_off.append((url, depth))
        return self._put_off.popleft() if self._put_off and not has_list else None
