"""The protocol below the site: what is no HTTP never reaches it, and is refused with its headers all the same."""

import secrets

from uvicorn.protocols.http.h11_impl import H11Protocol

from archive.site.headers import headers

MAX_REQUEST_HEAD = 4 << 20  # bytes before the body: browsers send addresses of 2 MB, so any search reaches the site


class Protocol(H11Protocol):
    """uvicorn's, but for the headers of its own refusal."""

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP with a sentence."""
        body = msg.encode()
        fields = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", b"%d" % len(body)),
            (b"connection", b"close"),
            *headers(secrets.token_urlsafe(16)),
        ]
        head = b"".join(name + b": " + value + b"\r\n" for name, value in fields)
        self.transport.write(b"HTTP/1.1 400 Bad Request\r\n" + head + b"\r\n" + body)
        self.transport.close()
