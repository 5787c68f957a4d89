"""Give a server its own cookie back within one fetch: where it redirects and will not show the page without it.

The cookies live in the request's meta, which a redirect, a meta refresh and a retry copy, and end with it. No later
fetch sends them: we are nobody's returning visitor.
"""

from scrapy import Request
from scrapy.http import Response
from scrapy.http.cookies import CookieJar

from spiders.network.envelope import COOKIES


class CookieMiddleware:
    """Which cookie belongs to which host and path is http.cookiejar's to decide, behind Scrapy's CookieJar."""

    def process_request(self, request: Request) -> None:
        """Send the cookies that were set on the way here, as far as they belong to this address."""
        jar = COOKIES.get(request)
        if jar is not None:
            request.headers.pop("Cookie", None)  # that of the address before
            jar.add_cookie_header(request)

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the cookies that the answer sets for the rest of this fetch."""
        if b"Set-Cookie" in response.headers:
            jar = COOKIES.get(request) or CookieJar()
            jar.extract_cookies(response, request)
            COOKIES.put(request, jar)
        return response
