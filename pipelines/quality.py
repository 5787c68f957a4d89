"""Quality: an article that does not stand for the story that was asked for becomes a rejection, with its reason."""

from dataclasses import replace

from kickcrawl.article import Article, Visit
from kickcrawl.quality import why_rejected


class QualityPipeline:
    """Applies kickcrawl.quality's rules."""

    def process_item(self, visit: Visit) -> Visit:
        if not isinstance(visit.result, Article):
            return visit
        rejection = why_rejected(visit.page, visit.result)
        return replace(visit, result=rejection) if rejection is not None else visit
