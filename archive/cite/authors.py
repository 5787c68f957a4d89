"""Tell persons from organisations among authors, and a person's family name from the others: pure.

Bibliographies sort a person by the last word of the name, also in Indonesia, where it often is no family's. A name of
an office, a desk or an agency must not be turned round: "Redaksi Mataram" is not Mr Mataram.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kickcrawl.vocabulary import WORDS, any_of

_BYLINE = WORDS.byline
_OFFICES = (*_BYLINE.organizations, *_BYLINE.desks, *_BYLINE.agencies, *_BYLINE.accounts)
# The first or the second word says what it is: "Dinas Pertanian", "Polres Dompu", "Lombok Forum".
_ORGANIZATION = re.compile(rf"(?:\S+\s+)?{any_of((*_OFFICES, 'redaksi', 'editorial'))}(?!\S)", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z]{2,6}(?:[ -][A-Z]{2,6})*")  # "BMKG", "LKBN ANTARA"; longer words are shouted names
_COMPANY = re.compile(r"(?:PT|CV)\.? |.* (?:Inc|Ltd|GmbH)\.?$")
# Small words that belong to the word behind them: "Ahmad bin Ali" is sorted by "bin Ali".
_PARTICLE = re.compile(any_of(_BYLINE.particles))


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who wrote. *family* is what a person is sorted by; None for an organisation, which is written as it is.

    >>> author_of("Siti Rahma, M.Pd")
    Author(name='Siti Rahma, M.Pd', family='Rahma', given='Siti', suffix='M.Pd')
    """

    name: str  # as it was signed
    family: str | None = None
    given: str | None = None
    suffix: str | None = None  # degrees behind the name

    @property
    def is_person(self) -> bool:
        """Whether it is one human being."""
        return self.family is not None


def author_of(name: str, own_names: Sequence[str] = ()) -> Author:
    """Return the author that signs as *name*; *own_names* are those of the outlet itself."""
    if is_organization(name, own_names):
        return Author(name=name)
    called, _, suffix = name.partition(",")
    words = called.split()
    if not words:
        return Author(name=name)
    first = len(words) - 1
    while first > 1 and _PARTICLE.fullmatch(words[first - 1]):
        first -= 1
    given = " ".join(words[:first])
    return Author(name=name, family=" ".join(words[first:]), given=given or None, suffix=suffix.strip() or None)


def is_organization(name: str, own_names: Sequence[str]) -> bool:
    """Tell whether *name* is that of an office, a desk, an agency or the outlet, not of a person.

    >>> [is_organization(name, ()) for name in ("Tim Liputan", "Polres Dompu", "BMKG", "Timur Sinar", "Suharto")]
    [True, True, True, False, False]
    """
    folded = name.casefold()
    if any(folded == own.casefold() or folded.startswith(f"{own.casefold()} ") for own in own_names):
        return True
    return bool(_ORGANIZATION.match(name) or _ACRONYM.fullmatch(name) or _COMPANY.match(name))
