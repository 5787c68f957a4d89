"""Read and check the files of words, one a language, and join the lists of all languages.

In: a folder of ``<code>.toml``. Out: a Vocabulary for each language, or for all together. A file that names an unknown
list, or a word that is not in small letters, raises VocabularyError with the file and what is wrong.
"""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from kickcrawl.errors import VocabularyError

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


Word = Annotated[str, AfterValidator(_small)]
Words = Annotated[tuple[Word, ...], AfterValidator(_different)]
Offset = Annotated[str, Field(pattern=r"^[+-]\d\d:\d\d$")]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Byline(_Section):
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
    professions: Words = ()
    organizations: Words = ()
    degrees: Words = ()
    agencies: Words = ()
    desks: Words = ()


class Links(_Section):
    """Labels of links to other articles."""

    read_also: Words = ()
    read_also_before_colon: Words = ()
    more_articles: Words = ()
    boxes: Words = ()
    more: Words = ()
    neighbours: Words = ()
    load_more: Words = ()
    lists: Words = ()


class Lines(_Section):
    """Lines that a page puts between paragraphs, and words of the lines round a headline."""

    fillers: Words = ()
    filler_openings: Words = ()
    reading_time: Words = ()
    reading_time_behind: Words = ()
    times_read: Words = ()
    times: Words = ()
    times_read_behind: Words = ()
    subscribe: Words = ()
    subscribe_at_network: Words = ()
    rights: Words = ()
    page: Words = ()
    page_before_colon: Words = ()
    next_page: Words = ()
    share: Words = ()
    head: Words = ()
    tags: Words = ()


class Zone(_Section):
    """A time zone's short name: its offset from UTC, and its name in the tz database where it stands for a region."""

    offset: Offset
    region: str | None = None


class Dates(_Section):
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
    morning: Words = ()
    evening: Words = ()
    night: Words = ()
    months: Words = ()
    weekdays: Words = ()
    more_months: dict[Word, Annotated[int, Field(ge=1, le=12)]] = {}
    zones: dict[Word, Zone] = {}


class Numbers(_Section):
    """Numbers in words, and what stands beside figures."""

    values: dict[Word, int] = {}
    parts: Words = ()
    scales: Words = ()
    percent: Words = ()
    currency: Words = ()
    spellings: dict[Word, Word] = {}


class Notices(_Section):
    """Correction notices."""

    labels: Words = ()
    corrections: Words = ()
    details: Words = ()
    subjects: Words = ()
    has_been: Words = ()
    corrected: Words = ()


class Trouble(_Section):
    """What pages say that stand where an article should."""

    blocked: Words = ()
    not_found: Words = ()


class Pictures(_Section):
    """Credits of pictures."""

    credits: Words = ()
    bare_credits: Words = ()
    credits_before_names: Words = ()
    owners: Words = ()
    positions: Words = ()


class ClassNames(_Section):
    """Words of class names and ids, where sites use their own language for them."""

    boilerplate: Words = ()
    captions: Words = ()
    standfirst: Words = ()
    byline: Words = ()
    other_articles: Words = ()
    current_day: Words = ()
    dates: Words = ()


class Addresses(_Section):
    """Words in addresses."""

    page: Words = ()
    section: Words = ()
    tag: Words = ()


class Prose(_Section):
    """Words of any text."""

    common: Words = ()


class Vocabulary(_Section):
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
    return Vocabulary.model_validate(_joined([words.model_dump() for words in languages]))


def _read(file: Path) -> Vocabulary:
    try:
        return Vocabulary.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise VocabularyError(file, f"{key}: {first['msg'].removeprefix('Value error, ')}") from error
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
