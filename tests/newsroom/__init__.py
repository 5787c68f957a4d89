"""A made-up news site on loopback, shaped like WordPress, that knows what it holds: the newspaper of our tests.

with serve(seed=7, articles=60) as site:
    site.base, site.truth(), site.hits, site.switch(rest="403"), site.modify(3)
"""

from .blogger import serve_blogger
from .edits import EditRefused
from .exchange import Hit
from .server import serve
from .site import Newsroom
from .static import serve_static

__all__ = ["EditRefused", "Hit", "Newsroom", "serve", "serve_blogger", "serve_static"]
