"""Follow pages that send the browser elsewhere at once (``<meta http-equiv=refresh>``), as a redirect of the server."""

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import BaseRedirectMiddleware
from scrapy.http import Response

from kickcrawl.article import PageSource
from kickcrawl.page.html import leads_on


class RefreshMiddleware(BaseRedirectMiddleware):
    """Scrapy's own middleware decodes every page whole to search for the element. The guard and REDIRECT_MAX_TIMES hold
    as there."""

    enabled_setting = "METAREFRESH_ENABLED"

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the request for the address that the page leads on to; *response* itself if it leads nowhere."""
        content_type = (response.headers.get(b"Content-Type") or b"html").lower()
        if response.status != 200 or b"html" not in content_type:
            return response
        target = leads_on(PageSource(url=response.url, body=response.body))
        if target is None:
            return response
        return self._redirect(self._redirect_request_using_get(request, response, target), request, "meta refresh")
