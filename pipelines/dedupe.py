"""Dedupe: take the fingerprint that near-copies are found by. The store looks them up; nothing is ever dropped."""

from dataclasses import replace

from kickcrawl.article import Article, Visit
from kickcrawl.compare.near import fingerprint


class DedupePipeline:
    """Does the part that needs no archive, so that the store's transaction stays short."""

    def process_item(self, visit: Visit) -> Visit:
        article = visit.result
        if not isinstance(article, Article) or not article.text:
            return visit
        taken = fingerprint(article.text, dateline=article.dateline, initials=article.initials)
        return replace(visit, fingerprint=taken)
