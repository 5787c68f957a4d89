"""Read and check the files of words, one a language, and join the lists of all languages.

In: a folder of ``<code>.toml``. Out: a Vocabulary for each language, or for all together. A file that names an unknown
list, or a word that is not in small letters, raises VocabularyError with the file and what is wrong.

Checked here, not by pydantic: every process that reads pages has the words, and pydantic would be 6 MB of each.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated

from kickcrawl.errors import VocabularyError
from kickcrawl.vocabulary.checked import WrongValueError, make

FOLDER = Path(__file__).parent


def _small(word: str) -> str:
    if not word or word != " ".join(word.lower().split()):
        raise ValueError("words stand in small letters, with single spaces; write them so")
    return word


def _different(words: tuple[str, ...]) -> tuple[str, ...]:
    twice = sorted({word for word in words if words.count(word) > 1})
    if twice:
        raise ValueError(f"stands there twice: {', '.join(twice)}; leave one out")
    return words


def _offset(text: str) -> str:
    if not re.fullmatch(r"[+-]\d\d:\d\d", text):
        raise ValueError('an offset from UTC stands there, "+08:00"')
    return text


def _month(number: int) -> int:
    if not 1 <= number <= 12:
        raise ValueError("months have the numbers 1 to 12")
    return number


Word = Annotated[str, _small]
Words = Annotated[tuple[Word, ...], _different]


@dataclass(frozen=True, kw_only=True)
class Byline:
    """Who wrote, who did something else, and what names are made of; see ``id.toml`` for each list."""

    by: Words = ()
    by_on_page: Words = ()
    writers: Words = ()
    other_roles: Words = ()
    agents: Words = ()
    introductions: Words = ()
    and_between_names: Words = ()
    and_between_full_names: Words = ()
    and_between_elements: Words = ()
    particles: Words = ()
    never_in_names: Words = ()
    behind_name: Words = ()
    accounts: Words = ()
    roles: Words = ()
    organizations: Words = ()
    degrees: Words = ()
    agencies: Words = ()
    desks: Words = ()


@dataclass(frozen=True, kw_only=True)
class Links:
    """Labels of links to other articles."""

    read_also: Words = ()
    read_also_before_colon: Words = ()
    more_articles: Words = ()
    boxes: Words = ()
    more: Words = ()
    neighbours: Words = ()
    load_more: Words = ()


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Lines that a page puts between paragraphs, and words of the lines round a headline."""

    fillers: Words = ()
    filler_openings: Words = ()
    reading_time: Words = ()
    reading_time_behind: Words = ()
    subscribe: Words = ()
    subscribe_at_network: Words = ()
    page: Words = ()
    page_before_colon: Words = ()
    next_page: Words = ()
    share: Words = ()
    head: Words = ()
    tags: Words = ()


@dataclass(frozen=True, kw_only=True)
class Zone:
    """A time zone's short name: its offset from UTC, and its name in the tz database where it stands for a region."""

    offset: Annotated[str, _offset]
    region: str | None = None


@dataclass(frozen=True, kw_only=True)
class Dates:
    """What stands beside a day, its hour and its zone."""

    published: Words = ()
    updated: Words = ()
    fields: Words = ()
    this_article: Words = ()
    as_of: Words = ()
    other_day: Words = ()
    other_day_words: Words = ()
    at: Words = ()
    clock: Words = ()
    months: Words = ()
    weekdays: Words = ()
    more_months: dict[Word, Annotated[int, _month]] = field(default_factory=dict)
    zones: dict[Word, Zone] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Numbers in words, and what stands beside figures."""

    values: dict[Word, int] = field(default_factory=dict)
    parts: Words = ()
    scales: Words = ()
    percent: Words = ()
    currency: Words = ()
    spellings: dict[Word, Word] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Notices:
    """Correction notices."""

    labels: Words = ()
    corrections: Words = ()
    details: Words = ()
    subjects: Words = ()
    has_been: Words = ()
    corrected: Words = ()


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What pages say that stand where an article should."""

    blocked: Words = ()
    not_found: Words = ()


@dataclass(frozen=True, kw_only=True)
class Pictures:
    """Credits of pictures."""

    credits: Words = ()
    bare_credits: Words = ()
    owners: Words = ()
    positions: Words = ()


@dataclass(frozen=True, kw_only=True)
class ClassNames:
    """Words of @dataclass(frozen=True, kw_only=True)
    class names and ids, where sites use their own language for them."""

    boilerplate: Words = ()
    captions: Words = ()
    standfirst: Words = ()
    byline: Words = ()
    other_articles: Words = ()
    current_day: Words = ()
    dates: Words = ()


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Words in addresses."""

    page: Words = ()
    section: Words = ()
    tag: Words = ()


@dataclass(frozen=True, kw_only=True)
class Prose:
    """Words of any text."""

    common: Words = ()


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The words of one language, or of all together."""

    byline: Byline = Byline()
    links: Links = Links()
    lines: Lines = Lines()
    dates: Dates = Dates()
    numbers: Numbers = Numbers()
    notices: Notices = Notices()
    trouble: Trouble = Trouble()
    pictures: Pictures = Pictures()
    class_names: ClassNames = ClassNames()
    addresses: Addresses = Addresses()
    prose: Prose = Prose()


def read_languages(folder: Path) -> dict[str, Vocabulary]:
    """Return the vocabulary of each language by its code, which is the name of its file; VocabularyError."""
    return {file.stem: _read(file) for file in sorted(folder.glob("*.toml"))}


def join_languages(languages: Iterable[Vocabulary]) -> Vocabulary:
    """Return one vocabulary with the words of all *languages*."""
    return make(Vocabulary, _joined([asdict(words) for words in languages]))


def _read(file: Path) -> Vocabulary:
    try:
        return make(Vocabulary, tomllib.loads(file.read_text(encoding="utf-8")))
    except WrongValueError as error:
        raise VocabularyError(file, str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(file, f"no TOML ({error})") from error


def _joined(tables: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """Return tables of one form as one: lists one after the other, each word once; tables key by key."""
    joined: dict[str, object] = {}
    for table in tables:
        for key, value in table.items():
            known = joined.get(key)
            if isinstance(value, tuple):
                joined[key] = tuple(dict.fromkeys((*(known if isinstance(known, tuple) else ()), *value)))
            elif isinstance(value, dict):
                joined[key] = _joined([known if isinstance(known, dict) else {}, value])
            else:
                joined[key] = value
    return joined
