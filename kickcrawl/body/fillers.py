"""Tell which blocks a page puts into any text by itself: adverts' labels, page numbers, subscribe lines, shortcodes.

In: a block. Out: whether all of it is that; and a block without such lines, and without the marks of plugins that are
gone.

    --- IKLAN ---      ADVERTISEMENT / SCROLL TO RESUME CONTENT      [rev_slider alias="home"]      © Warta Uji 2025
"""

import re
from dataclasses import replace

from kickcrawl.body.teasers import is_only_links
from kickcrawl.page.blocks import Block
from kickcrawl.page.second_witness import leads_to_network
from kickcrawl.vocabulary import WORDS, any_of

_LINES = WORDS.lines
_PAGE_LABEL = rf"(?:{any_of(_LINES.page)} ?:?|{any_of(_LINES.page_before_colon)} ?:)"
_FILLER = re.compile(
    rf"{any_of(_LINES.fillers)}|{any_of(_LINES.filler_openings)} [\w ]{{0,40}}|{any_of(_LINES.share)} ?:?|loading\W*"
    r"|0{1,2}:00 ?/ ?\d{1,2}:\d\d"  # of a player that has not begun; other hours are a programme's
    rf"|{any_of(_LINES.reading_time)}(?: ?:)? \d{{1,2}}(?: \w+){{1,2}}|\d{{1,2}} ?{any_of(_LINES.reading_time_behind)}"
    rf"|{_PAGE_LABEL}[\s\d|»«›‹…]*{any_of(_LINES.next_page)}?",
    re.IGNORECASE,
)
_COUNT = r"\d[\d.,]*(?: ?(?:k|m|rb|ribu|jt|juta))?"
_UNIT = rf" ?{any_of(_LINES.times)}"
_TIMES_READ = re.compile(
    rf"\W*(?:{any_of(_LINES.times_read)}(?: ?: ?{_COUNT}(?:{_UNIT})?| {_COUNT}{_UNIT})(?:, {_COUNT} \w+ \w+)?"
    rf"|{_COUNT} ?{any_of(_LINES.times_read_behind)})\W*",
    re.IGNORECASE,
)
# What stands round a filler, "- Iklan -", "[Iklan]"; some have a bracket of their own: "Daftar Isi [tampil]".
_FRAMES = (re.compile(r"^[\W_]+|[^\w:\])]+$"), re.compile(r"^[\W_]+|[\W_]+$"))
_LETTER = re.compile(r"[^\W_]")
_PARTS = re.compile(r"\s+[-–—|•·]\s+|\n|(?<!min)\.\s+", re.IGNORECASE)  # between two fillers in one block
_MIN_SENTENCE_LENGTH = 40  # characters of a line of contents that ends with a full stop, from which on it is text
_MAX_FILLER_LENGTH = 250  # characters
_MAX_COUNTER_LENGTH = 60  # characters
_IN_SENTENCE = r"[^.!?\n]|\.(?=\w)"  # a point in a number or in the outlet's name ends none
_SUBSCRIBE = re.compile(rf"\W*{any_of(_LINES.subscribe)}(?!\w)\??(?:{_IN_SENTENCE}){{0,140}}\W*", re.IGNORECASE)
_AT_NETWORK = re.compile(rf"\W*{any_of((*_LINES.subscribe, *_LINES.subscribe_at_network))}(?!\w)", re.IGNORECASE)
_MAX_SUBSCRIBE_WORDS = 50
# No step back into a sentence ("+"): a line of dashes would be tried at each of its characters.
_RIGHTS = rf"(?:{any_of(_LINES.rights)}(?!\w)(?:{_IN_SENTENCE}){{0,200}}+\W*+)"
_SIGN = r"(?:©|\(c\)(?=\W{0,5}\d{4})|copyright\b)"  # "(c)" alone is the third item of a list
_BEFORE_SIGN = r"(?:[^\w©(]|\((?!c\)))*+"
_COPYRIGHT = re.compile(
    rf"{_BEFORE_SIGN}(?:(?:copyright|hak cipta){_BEFORE_SIGN})?{_SIGN}(?:{_IN_SENTENCE}){{0,80}}+\W*+{_RIGHTS}{{0,2}}",
    re.IGNORECASE,
)
_RIGHTS_ONLY = re.compile(rf"\W*+{_RIGHTS}{{1,2}}", re.IGNORECASE)
# Left over where a plugin is gone: WordPress's [gallery ids="1,2"], [/caption] and [berita_terkait], Joomla's
# {loadposition iklan}.
_SHORTCODE = re.compile(
    r"\[(?:/[a-z][\w-]*|[a-z][\w-]*\s+[^\]]*=[^\]]*|gallery|embed|audio|video|playlist|[a-z][a-z\d]*(?:_[a-z\d]+)+)\s*/?\]"
    r"|\{(?:load(?:position|module|moduleid)\b[^{}\n]*|/?(?:youtube|gallery|mp4|audio|video|slider|tabs?))\}",
    re.IGNORECASE,
)
# Where a script or a plugin puts something, a line of its own: "[Gambas:Video 20detik]", "[ez-toc]"
_MARK = re.compile(r"\[[a-z]\w*(?::[^\s\]][^\]\n]{0,60}|(?:-[a-z\d]+)+)\]", re.IGNORECASE)
_LABEL = re.compile(rf"\W*{any_of(_LINES.fillers)}\W*", re.IGNORECASE)
_ONLY_ADDRESS = re.compile(r"\s*https?://\S+\s*|[\w-]{8,16}")
_SCRIPT = re.compile(r"\(?(?:adsbygoogle|googletag|window\.\w+|dataLayer)\b\W.*[;}]\s*", re.DOTALL)
_HASHTAGS = re.compile(r"#\w+(?:[\s,]+#\w+)+\W*")
# What PHP prints where a theme has a mistake.
_PHP_ERROR = re.compile(
    r"(?:PHP )?(?:Warning|Notice|Deprecated|(?:Fatal|Parse) error) ?: .{3,400} in \S{3,200} on line \d+"
)
# What WordPress appends to the text in feeds; some themes print it, too.
_APPEARED_FIRST = re.compile(r"^The post .{5,300} appeared first on .{2,80}\.$", re.DOTALL)


def is_filler(block: Block) -> bool:
    """Tell whether *block* is what a page puts into any text by itself."""
    text = block.text
    if _is_contents_line(block) or _is_subscribe_line(block) or _APPEARED_FIRST.match(text):
        return True
    if "on line" in text and _PHP_ERROR.fullmatch(text):
        return True
    if _COPYRIGHT.fullmatch(text) or _HASHTAGS.fullmatch(text) or _SCRIPT.fullmatch(text):
        return True
    begin = _LETTER.search(text) if len(text) <= _MAX_FILLER_LENGTH else None
    if begin is None or not _FILLER.match(text, begin.start()):
        return False  # whatever its frame and its parts, it begins as the first of them
    return all(any(_FILLER.fullmatch(frame.sub("", part)) for frame in _FRAMES) for part in _PARTS.split(text))


def reserves_rights(block: Block) -> bool:
    """Tell whether *block*, which ends a text, only forbids to copy it. Elsewhere what is forbidden may be reported."""
    return block.kind == "p" and _RIGHTS_ONLY.fullmatch(block.text) is not None


def is_times_read(block: Block) -> bool:
    """Tell whether *block* only says how often the page was read: "Dibaca 37 kali", "Post Views: 1,234".

    Plugins put this line at an end of the text, and each fetch sees another number. Elsewhere it may be reported.
    """
    return (
        block.kind == "p" and len(block.text) <= _MAX_COUNTER_LENGTH and _TIMES_READ.fullmatch(block.text) is not None
    )


def without_leftovers(block: Block) -> Block | None:
    """Return *block* without shortcodes and lines that are adverts' labels; None where that is all there is."""
    may_hold_code = "[" in block.text or "{" in block.text
    text = _SHORTCODE.sub(" ", block.text) if may_hold_code else block.text
    text = "\n".join(line for line in text.split("\n") if not _is_leftover_line(line))
    if text == block.text:
        return block
    text = re.sub(r" {2,}", " ", text).strip()
    return None if not re.search(r"\w", text) or _ONLY_ADDRESS.fullmatch(text) else replace(block, text=text)


def _is_leftover_line(line: str) -> bool:
    return bool(_LABEL.fullmatch(line) or _COPYRIGHT.fullmatch(line) or _MARK.fullmatch(line))


def _is_subscribe_line(block: Block) -> bool:
    """Tell whether *block* asks the reader to subscribe, or to follow the outlet where it links to."""
    if _SUBSCRIBE.fullmatch(block.text):
        return True
    if not block.links or not _AT_NETWORK.match(block.text) or block.words > _MAX_SUBSCRIBE_WORDS:
        return False
    return all(leads_to_network(link.href) for link in block.links)


def _is_contents_line(block: Block) -> bool:
    """Tell whether *block* is a line of a table of contents: nothing but links to anchors on the same page."""
    is_heading = block.kind == "h"  # headings link to themselves
    leads_down = bool(block.links) and all(link.href.startswith("#") for link in block.links)
    # In a link that was not closed; of a list, it is the heading that it leads to.
    is_sentence = block.kind == "p" and block.text.endswith(".") and len(block.text) >= _MIN_SENTENCE_LENGTH
    return leads_down and not is_heading and not is_sentence and is_only_links(block)
