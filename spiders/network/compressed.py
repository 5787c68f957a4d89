"""Decompress answers, and judge two that servers send wrongly: one that is called gzip and is plain, and one whose
compressed bytes end before their own end, though the answer came as long as its header says.

What came is captured before (spiders.network.capture). Whether a document that was cut is whole is judged behind this
(spiders.network.cut).
"""

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response

from kickcrawl.answer import is_whole
from kickcrawl.page.encodings import is_said_wrongly, stream_ends
from spiders.network.cut import CUT


class CompressedMiddleware(HttpCompressionMiddleware):
    """Scrapy's own middleware, which takes what it could decompress of a cut answer for all of it."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return *response* decompressed, flagged as cut where its compressed bytes break off."""
        encoding = b",".join(response.headers.getlist(b"Content-Encoding")).decode("latin-1")
        if not encoding:
            return response
        if is_said_wrongly(response.body, encoding):
            plain = response.copy()
            del plain.headers[b"Content-Encoding"]
            return plain
        shown = super().process_response(request, response)
        if isinstance(shown, Response) and not is_whole(shown.body) and not stream_ends(response.body, encoding):
            return shown.replace(flags=[*shown.flags, CUT])
        return shown
