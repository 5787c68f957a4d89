"""Write a formula as one line of text: as its author wrote it where the page says so, else its signs in a row.

In: a ``math`` element. Its parts are laid out over and under each other, so that their text alone is a column of signs.
"""

import re
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

_SOURCES: Any = etree.XPath(".//annotation[@encoding='application/x-tex']/text()")
_SIGNS: Any = etree.XPath(".//text()[not(ancestor::annotation or ancestor::annotation-xml)]")


def formula_of(math: HtmlElement) -> str:
    """Return the formula in the element *math*: its TeX, else what stands in it, without what only parts its elements.

    >>> import lxml.html
    >>> formula_of(lxml.html.fragment_fromstring("<math><mi>x</mi> <mo>=</mo> <mn>2</mn></math>"))
    'x=2'
    """
    if written := str(math.get("alttext") or next(iter(_SOURCES(math)), "")).strip():
        return re.sub(r"\s+", " ", written)
    return "".join(text for text in map(str, _SIGNS(math)) if not text.isspace())
