"""Where a newsroom is, as far as its pages tell: its language, its time zone and its region.

Guesses for a file that a person will read over. Regions are added here as they are covered.
"""

import re
from collections import Counter
from collections.abc import Iterable

from kickcrawl.article import Moment
from kickcrawl.dates import zone_of_offsets
from kickcrawl.vocabulary import WORDS, any_of

# Zones by their short names, and Indonesia's three by the offsets that they write (minutes).
_ZONES = {name: zone.region for name, zone in WORDS.dates.zones.items() if zone.region}
_OFFSETS = {420: "Asia/Jakarta", 480: "Asia/Makassar", 540: "Asia/Jayapura"}
_ZONE_NAME = re.compile(rf"\b({any_of(_ZONES)})\b", re.IGNORECASE)
# Names that stand on the front pages of a region's papers: islands, regencies, towns.
_REGIONS = {
    "ID-NB": re.compile(
        r"\b(?:lombok|mataram|sumbawa|bima|dompu|ntb|nusa tenggara barat|praya|selong|gerung|taliwang|lotim|loteng"
        r"|lobar|klu|ampenan|cakranegara|narmada|rinjani|mandalika)\b",
        re.IGNORECASE,
    ),
    "ID-NT": re.compile(
        r"\b(?:ntt|nusa tenggara timur|kupang|flores|sumba|timor|manggarai|ende|sikka|maumere|ngada|bajawa|nagekeo|mbay"
        r"|lembata|lewoleba|larantuka|labuan bajo|ruteng|borong|alor|kalabahi|belu|atambua|malaka|betun|soe|kefamenanu"
        r"|rote|sabu|waingapu|waikabubak|tambolaka)\b",
        re.IGNORECASE,
    ),
    "ID-BA": re.compile(
        r"\b(?:bali|denpasar|badung|buleleng|singaraja|gianyar|ubud|tabanan|jembrana|karangasem|amlapura"
        r"|klungkung|semarapura|bangli|kintamani|nusa penida|kuta|sanur)\b",
        re.IGNORECASE,
    ),
}
_ZONE_OF_REGION = dict.fromkeys(_REGIONS, "Asia/Makassar")
_INDONESIAN = re.compile(r"\b(?:yang|dan|di|dari|untuk|dengan|pada|tidak|akan|oleh|warga|berita)\b")
_MIN_MENTIONS = 5  # of a region on a front page; the capital's papers mention a province now and then


def language_of(text: str) -> str:
    """Return "id" where the commonest Indonesian words stand in *text*, else "en": for pages that do not say."""
    return "id" if len(set(_INDONESIAN.findall(text.lower()))) >= 3 else "en"


def zone_of(text: str, language: str, times: Iterable[Moment]) -> str:
    """Return the zone of a site with this front page: by the zone's name, the offsets of its times, or its region.

    In other languages than Indonesian it is the offset that all times of its feeds have: feeds that write UTC, or
    change with summer time, tell no zone.
    """
    if language != "id":
        return zone_of_offsets(time.offset for time in times)
    if (region := region_of(text)) is not None:
        return _ZONE_OF_REGION[region]
    written = Counter(_OFFSETS[time.offset] for time in times if time.offset in _OFFSETS)
    stated = Counter(_ZONES[name.lower()] for name in _ZONE_NAME.findall(text))
    best = (stated + written).most_common(1)
    return best[0][0] if best else "Asia/Jakarta"


def region_of(text: str) -> str | None:
    """Return the ISO 3166-2 code of the region that *text* speaks of most, if it speaks of one often."""
    counts = {region: len(names.findall(text)) for region, names in _REGIONS.items()}
    region = max(counts, key=lambda name: counts[name])
    return region if counts[region] >= _MIN_MENTIONS else None
