"""Dedupe: take the fingerprint that near-copies are found by. The store looks them up; nothing is ever dropped."""

from dataclasses import replace

from kickcrawl.article import Article, Visit
from kickcrawl.compare.near import fingerprint


class DedupePipeline:
    """Takes fingerprints here, where no archive is needed, so that the store's transaction stays short."""

    def process_item(self, visit: Visit) -> Visit:
        """Return *visit* with the fingerprint of its article; as it is where it has no text."""
        article = visit.result
        if not isinstance(article, Article) or not article.text:
            return visit
        taken = fingerprint(article.text, dateline=article.dateline, initials=article.initials)
        return replace(visit, fingerprint=taken)
