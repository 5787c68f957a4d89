"""Follow pages that send the browser elsewhere at once (``<meta http-equiv=refresh>``), as a redirect of the server."""

import logging

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import BaseRedirectMiddleware
from scrapy.http import Response

from kickcrawl.answer import SHOWN, sets_new_cookie
from kickcrawl.article import PageSource
from kickcrawl.page.html import leads_on

# Its one warning is that no middleware sets a Referer header: none is sent.
logging.getLogger(BaseRedirectMiddleware.__module__).addFilter(lambda record: record.levelno < logging.WARNING)


class RefreshMiddleware(BaseRedirectMiddleware):
    """Scrapy's own middleware decodes every page whole to search for the element. The guard and REDIRECT_MAX_TIMES hold
    as there."""

    enabled_setting = "METAREFRESH_ENABLED"

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the request for the address that the page leads on to; *response* itself if it leads nowhere."""
        content_type = (response.headers.get(b"Content-Type") or b"html").lower()
        if response.status not in SHOWN or b"html" not in content_type:
            return response
        set_cookie = [line.decode("latin-1") for line in response.headers.getlist(b"Set-Cookie")]
        cookie = (request.headers.get(b"Cookie") or b"").decode("latin-1")
        may_stay = sets_new_cookie(set_cookie, cookie)
        target = leads_on(PageSource(url=response.url, body=response.body), may_stay=may_stay)
        if target is None:
            return response
        return self._redirect(self._redirect_request_using_get(request, response, target), request, "meta refresh")
