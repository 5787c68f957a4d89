"""The newsroom on bad days, for tests of what a crawl does then: every article answers with the front page, or by half.

with serve(kind=Troubled) as site:
    site.trouble = "front"   # or "half", or None for a good day again
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from .exchange import Answer, Request
from .site import Newsroom

Trouble = Literal["front", "half"] | None

# What a theme that failed half-way leaves out: everything that says who, when and where, and the rest of the text.
_LOST = (
    r'<script type="application/ld\+json".*?</script>',
    r'<meta (?:property|name)="(?:article:|author)[^>]*>',
    r'<div class="cat-links">.*?</div>',
    r'<div class="entry-meta">.*?</div>',
    r'<div class="remah">.*?</div>',
    r'<div class="topik">.*?</div>',
    r'<div class="kotak-penulis">.*?</div>',
)


class Troubled(Newsroom):
    """A newsroom whose article pages can go wrong; its seeds stay as they are."""

    trouble: Trouble = None

    def visit(self, request: Request) -> Answer:
        answer = super().visit(request)
        if self.trouble is None or answer.status != 200 or b"single-post" not in answer.body:
            return answer
        if self.trouble == "front":
            return self.answer(replace(request, target="/"), self._edition, self.switches)
        return replace(answer, body=halved(answer.body.decode()).encode())


def halved(page: str) -> str:
    """Return a post's page as it comes out when the theme stops after the first paragraph."""
    for pattern in _LOST:
        page = re.sub(pattern, "", page, flags=re.S)
    return re.sub(r'(<div class="entry-content">.*?</p>).*?(</div>\s*<footer)', r"\1\2", page, flags=re.S)
