"""Strews between a story's paragraphs what a newsroom puts there: links, pictures, adverts, embeds, lists, tables."""

from __future__ import annotations

from collections.abc import Callable

from .desk import Desk
from .model import Block, Embed, Gallery, LinkStyle, Listing, Mark, Picture, Related, Table, Text
from .topics import GENERAL
from .writer import Writer

LINK_STYLES: tuple[LinkStyle, ...] = ("p", "strong", "strong", "em", "quote", "div", "ul")
LABELS = ("Baca juga:", "Baca Juga :", "BACA JUGA:", "Simak juga:", "Berita terkait:")
Maker = Callable[[Desk, Writer, str], Block | None]


def strew(desk: Desk, writer: Writer, slug: str, blocks: list[Block]) -> list[Block]:
    """Return the blocks with this and that among them, never before the lead nor behind the signature."""
    rng = desk.rng
    result = list(blocks)
    end = len(blocks) - 1
    for chance, earliest, make in LITTER:
        if rng.random() < chance and end > earliest and (block := make(desk, writer, slug)):
            result.insert(rng.randint(earliest, end), block)
            end += 1
    if rng.random() < 0.12:
        result.append(Gallery(tuple(desk.image(writer, slug, writer.when) for _ in range(3))))
    if rng.random() < 0.15:
        result.insert(0, Picture(desk.image(writer, slug, writer.when)))
    return result


def related(desk: Desk, writer: Writer, slug: str) -> Block | None:
    """A link to one of the last public stories, typed by hand with the title it had."""
    if not desk.published:
        return None
    title, path = desk.rng.choice(desk.published[-30:])
    style = desk.rng.choice(LINK_STYLES)
    return Related(label=desk.rng.choice(LABELS), title=title, path=path, style=style)


def subhead(desk: Desk, writer: Writer, slug: str) -> Block:
    return Text("h", writer.sentence(desk.rng.choice(GENERAL.subheads)))


def pull_quote(desk: Desk, writer: Writer, slug: str) -> Block:
    return Text("quote", f"{writer.sentence(desk.rng.choice(GENERAL.quotes))}.")


def listing(desk: Desk, writer: Writer, slug: str) -> Block:
    items = desk.rng.sample(GENERAL.list_items, desk.rng.randint(3, 5))
    return Listing(desk.rng.choice(("ul", "ol")), tuple(writer.sentence(item) for item in items))


def table(desk: Desk, writer: Writer, slug: str) -> Block:
    rows = [(district, writer.fill("{nnn}"), writer.fill("{persen}")) for district in writer.region.districts[:4]]
    return Table((("Kecamatan", "Jumlah", "Persen"), *rows))


def picture(desk: Desk, writer: Writer, slug: str) -> Block:
    return Picture(desk.image(writer, slug, writer.when))


def embed(desk: Desk, writer: Writer, slug: str) -> Block:
    code = "".join(desk.rng.choices("abcdefghkmnpqrstuvwxyzABCDEFGH0123456789", k=11))
    number = desk.rng.randrange(10**17, 10**18)
    choices = (
        Embed("youtube", f'<iframe title="Video" width="640" height="360" src="https://www.youtube.com/embed/{code}'
              '?feature=oembed" frameborder="0" allowfullscreen></iframe>'),
        Embed("twitter", '<blockquote class="twitter-tweet"><p lang="in" dir="ltr">Arus lalu lintas '
              f"{writer.fixed['kec']} terpantau padat.</p>&mdash; Kabar Jalan (@contoh_akun) "
              f'<a href="https://twitter.com/contoh_akun/status/{number}">{writer.in_words(writer.when)}</a>'
              "</blockquote>"
              '<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>'),
        Embed("instagram", '<blockquote class="instagram-media" data-instgrm-version="14" data-instgrm-permalink='
              f'"https://www.instagram.com/p/{code}/"><a href="https://www.instagram.com/p/{code}/">Tampilkan kiriman '
              "ini</a></blockquote>"),
    )  # fmt: skip
    return desk.rng.choice(choices)


def advert(desk: Desk, writer: Writer, slug: str) -> Block:
    return Mark("advert")


def more(desk: Desk, writer: Writer, slug: str) -> Block:
    return Mark("more")


# chance, first place it may stand at, what it is; often enough that sixty posts show each of them
LITTER: tuple[tuple[float, int, Maker], ...] = (
    (0.14, 3, subhead),
    (0.10, 2, pull_quote),
    (0.12, 2, listing),
    (0.09, 2, table),
    (0.55, 2, related),
    (0.20, 2, related),
    (0.25, 1, picture),
    (0.12, 1, embed),
    (0.20, 2, advert),
    (0.08, 1, more),
)
