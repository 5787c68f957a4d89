"""The table of an article's fields: it is whole, and the records and rules that it is derived into agree with it."""

from dataclasses import fields

from kickcrawl.article import Article
from kickcrawl.claims.from_text import TextFields
from kickcrawl.claims.metadata import TRUST
from kickcrawl.compare.changes import Content
from kickcrawl.fields import CLAIMED, CONTENT, FIELDS

# Attributes that tell how an article was read, and what its page says of rights (table rights).
ABOUT_READING = {"origins", "disagreements", "reading", "pages_missing", "rights"}


def test_every_attribute_of_an_article_stands_in_the_table() -> None:
    attributes = {attribute.name for attribute in fields(Article)} - ABOUT_READING
    assert {field.name for field in FIELDS} == attributes | {"section"}


def test_no_field_stands_there_twice() -> None:
    names = [field.name for field in FIELDS]
    assert len(names) == len(set(names))


def test_each_field_that_sources_claim_says_whom_to_trust() -> None:
    assert {*TRUST} == {*CLAIMED}


def test_content_is_what_revisions_are_compared_in() -> None:
    assert tuple(attribute.name for attribute in fields(Content)) == CONTENT


def test_all_content_is_kept_with_each_revision() -> None:
    assert [field.name for field in FIELDS if field.content and not field.is_kept] == []


def test_each_field_that_stands_in_the_text_is_read_from_it() -> None:
    assert {field.name for field in FIELDS if field.is_in_text} == {*TextFields.__annotations__}
