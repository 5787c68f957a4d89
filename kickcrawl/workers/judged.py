"""What came of a page: what was read, what may be stored, and what near-copies are found by. Pure; in a worker."""

from dataclasses import dataclass

from kickcrawl.article import Article, Page, Rejection
from kickcrawl.compare.near import LookupKeys, fingerprint, lookup_keys
from kickcrawl.fingerprint import text_digest
from kickcrawl.quality import why_rejected
from kickcrawl.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a page gave: *read* is what the extractor made of it, *result* what may be stored, or why nothing may.

    Both are the same Article unless it does not stand for the article that was asked for. *lookup_keys* are those of an
    article's text, which near-copies are found by, if they were asked for.
    """

    read: Article | Rejection
    result: Article | Rejection
    lookup_keys: LookupKeys | None = None

    @property
    def lesson(self) -> Reading | None:
        """How the page was read, if it may teach how the outlet's pages are built: a doubtful page does not."""
        return self.result.reading if isinstance(self.result, Article) else None


def judge(page: Page, read: Article | Rejection, *, keyed: bool = True) -> Judged:
    """Return what may be stored of what was *read* on *page*; without lookup keys unless *keyed*."""
    if isinstance(read, Rejection):
        return Judged(read=read, result=read)
    if rejection := why_rejected(page, read):
        return Judged(read=read, result=rejection)
    if not (keyed and read.text):
        return Judged(read=read, result=read)
    taken = fingerprint(read.text, dateline=read.dateline, initials=read.initials)
    return Judged(read=read, result=read, lookup_keys=lookup_keys(taken, text_digest(read.title, read.text)))
