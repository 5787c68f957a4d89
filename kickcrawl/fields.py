"""The fields of an article, each said once: what kind of value it has, and what is done with it.

A field is an attribute of kickcrawl.article.Article and a column of the table articles under the same name. Whoever
needs "all fields that ..." reads FIELDS, so that a new field is a row here; docs/CONTRIBUTING.md says what else.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from kickcrawl.article import Field

# text: str | None.  names: a tuple of str.  records: a tuple of Image or RelatedLink.  time: an aware datetime | None.
# minutes: int | None.
Kind = Literal["text", "names", "records", "time", "minutes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleField:
    """One field of an article.

    *content* is what it is called where two states are compared; a change of content makes a revision. *is_kept*: every
    revision keeps it. *is_touched*: it is brought up to date also where the content is the same. *is_identity*: it
    tells which article this is, so reading a page anew neither compares nor changes it.

    *is_in_text*: it is a passage of the text. *is_shown*: ``kickcrawl extract`` prints it. *is_sign*: a page that says
    it and then no longer does may be half a page (kickcrawl/quality.py). *is_expected*: an outlet that fills it is
    unhealthy when it no longer does (kickcrawl/health.py). *is_added*: archives made before the field was there get its
    column when they are opened (archive/migrations.py).
    """

    name: str
    kind: Kind
    content: str | None = None
    is_kept: bool = False
    is_touched: bool = False
    is_identity: bool = False
    is_in_text: bool = False
    is_shown: bool = True
    is_sign: bool = False
    is_expected: bool = False
    is_added: bool = False

    @property
    def is_claimed(self) -> bool:
        """Whether several sources may say it, of which one is chosen (kickcrawl/claims/metadata.py)."""
        return self.name in CLAIMED


CLAIMED: tuple[Field, ...] = get_args(Field)

# In the order in which they are shown, and in which a change of them is told.
FIELDS = (
    ArticleField(name="url", kind="text", is_touched=True, is_identity=True),
    ArticleField(name="title", kind="text", content="title", is_kept=True),
    ArticleField(name="text", kind="text", content="text", is_kept=True),
    ArticleField(name="authors", kind="names", content="authors", is_kept=True, is_sign=True, is_expected=True),
    ArticleField(name="section", kind="text", is_expected=True),
    ArticleField(name="sections", kind="names", content="sections", is_kept=True, is_sign=True),
    ArticleField(name="tags", kind="names", content="tags", is_kept=True, is_sign=True),
    ArticleField(name="native_id", kind="text", is_touched=True, is_identity=True, is_shown=False),
    ArticleField(name="language", kind="text"),
    ArticleField(name="published_at", kind="time", is_touched=True, is_sign=True, is_expected=True),
    ArticleField(name="published_offset", kind="minutes", is_touched=True),
    ArticleField(name="modified_at", kind="time", is_kept=True, is_touched=True),
    ArticleField(name="dateline", kind="text", is_in_text=True),
    ArticleField(name="initials", kind="text", is_in_text=True),
    ArticleField(name="images", kind="records", content="captions", is_kept=True),
    ArticleField(name="related", kind="records", is_touched=True),
)

CONTENT = tuple(field.content for field in FIELDS if field.content)  # by the names in which they are compared
NAMES = tuple(field.name for field in FIELDS if field.kind == "names")
LISTS = tuple(field.name for field in FIELDS if field.kind in ("names", "records"))
EXPECTED = tuple(field.name for field in FIELDS if field.is_expected)
