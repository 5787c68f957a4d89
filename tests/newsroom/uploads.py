"""The site's pictures and style sheets: every picture of a post is the same small JPEG with its own path inside."""

from __future__ import annotations

import base64
import re

from .edition import Edition
from .exchange import Answer, Request
from .model import images_of

# a grey gradient of 16 x 9 pixels
JPEG = base64.b64decode(
    b"/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8"
    b"ybqmx5moq6T/wAALCAAJABABAREA/8QAFgABAQEAAAAAAAAAAAAAAAAAAAMG/8QAFhABAQEAAAAAAAAAAAAAAAAAABVi/9oACAEBAAA/AJxc"
    b"kXLSj//Z"
)
UPLOAD = re.compile(r"/wp-content/uploads/(\d{4}/\d{2}/[^/]+?)(?:-\d+x\d+)?\.jpg")


def answer(request: Request, edition: Edition) -> Answer | None:
    """Answer a picture's or a style sheet's address; None for any other."""
    if re.fullmatch(r"/wp-content/themes/[^/]+/style\.css", request.path):
        return Answer(200, b"body{margin:0;font-family:serif}\n", "text/css; charset=UTF-8")
    match = UPLOAD.fullmatch(request.path)
    if match is None or f"{match[1]}.jpg" not in {image.path for post in edition.posts for image in images_of(post)}:
        return None
    note = request.path.encode()
    comment = b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note
    return Answer(200, JPEG[:2] + comment + JPEG[2:], "image/jpeg")
