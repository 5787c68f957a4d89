"""A post's text as HTML, the way its editor left it: classic, block editor, justified spans, divs, or line breaks.

`pages` gives one string a page, as a reader gets them; `whole` gives WordPress' stored text with its page-break
comments, which is what the REST interface prints.
"""

from __future__ import annotations

import html

from .model import Block, Embed, Gallery, Image, Listing, Mark, Picture, Post, Related, Style, Table, Text, images_of
from .texture import reader_text, texturize

ADVERT = (
    '<div class="iklan-tengah" style="text-align:center;margin:12px 0"><span>ADVERTISEMENT</span>'
    '<ins class="adsbygoogle" data-ad-client="ca-pub-0000000000000000" data-ad-slot="77"></ins>'
    "<script>(adsbygoogle=window.adsbygoogle||[]).push({});</script></div>"
)
PAGE_BREAK = "<!--nextpage-->"


def shown(post: Post, fragment: str) -> str:
    """Return a text of the post as the site prints it."""
    return texturize(fragment) if post.curly else fragment


def title_html(post: Post) -> str:
    return shown(post, html.escape(post.title, quote=False))


def stored_pages(post: Post) -> list[list[Block]]:
    """Return the blocks page by page."""
    result: list[list[Block]] = [[]]
    for block in post.blocks:
        if block == Mark("page"):
            result.append([])
        else:
            result[-1].append(block)
    return result


def pages(post: Post, base: str) -> list[str]:
    """Return the HTML of each page of the post."""
    return [_more_anchor(post, _page(post, blocks, base)) for blocks in stored_pages(post)]


def whole(post: Post, base: str) -> str:
    """Return all pages in one, with the comments that WordPress leaves in when it does not split a post."""
    return f"\n{PAGE_BREAK}\n".join(_page(post, blocks, base) for blocks in stored_pages(post))


def _more_anchor(post: Post, page: str) -> str:
    return page.replace("<!--more-->", f'<span id="more-{post.id}"></span>')


def laid_out(post: Post, blocks: list[Block], pieces: list[str]) -> str:
    """Return the HTML *pieces* of *blocks* put together in the post's style."""
    pairs = [(_is_inline(block), piece) for block, piece in zip(blocks, pieces, strict=True)]
    if post.style != "br":
        return "\n".join(pieces)
    return "\n".join(_joined_by_breaks(pairs))


def _page(post: Post, blocks: list[Block], base: str) -> str:
    return laid_out(post, blocks, [render(post, block, base) for block in blocks])


def _is_inline(block: Block) -> bool:
    if isinstance(block, Related):
        return block.style in ("p", "strong", "em")
    return isinstance(block, Text) and block.kind in ("p", "note", "initials")


def _joined_by_breaks(pieces: list[tuple[bool, str]]) -> list[str]:
    """Put runs of texts into one paragraph each, parted by two line breaks."""
    result: list[str] = []
    run: list[str] = []
    for inline, piece in [*pieces, (False, "")]:
        if inline:
            run.append(piece)
            continue
        if run:
            result.append("<p>" + "<br />\n<br />\n".join(run) + "</p>")
            run = []
        result.append(piece)
    return result


def paragraph(style: Style, text: str) -> str:
    match style:
        case "justify":
            return f'<p style="text-align: justify;"><span style="font-weight: 400;">{text}</span></p>'
        case "div":
            return f"<div>{text}</div>\n<div>&nbsp;</div>"
        case "br":
            return text
        case "gutenberg":
            return f"\n<p>{text}</p>\n"
    return f"<p>{text}</p>"


def render(post: Post, block: Block, base: str) -> str:
    blocky = post.style == "gutenberg"
    match block:
        case Text("h", text):
            return (
                f'<h3 class="wp-block-heading">{shown(post, text)}</h3>' if blocky else f"<h3>{shown(post, text)}</h3>"
            )
        case Text("quote", text):
            css = ' class="wp-block-quote"' if blocky else ""
            return f"<blockquote{css}><p>{shown(post, text)}</p></blockquote>"
        case Text(_, text):
            return paragraph(post.style, shown(post, text))
        case Listing(tag, items):
            rows = "\n".join(f"<li>{shown(post, item)}</li>" for item in items)
            return f'<{tag} class="wp-block-list">{rows}</{tag}>' if blocky else f"<{tag}>\n{rows}\n</{tag}>"
        case Table(table_rows):
            return _table(table_rows, blocky=blocky)
        case Related():
            return _related(post, block, base)
        case Picture(image):
            return _picture(post, image, base)
        case Gallery(images):
            return _gallery(post, images, base)
        case Embed(_, code):
            return (
                f'<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">{code}</div></figure>'
                if blocky
                else code
            )
        case Mark("advert"):
            return ADVERT
        case Mark("more"):
            return "<!--more-->"
    return ""


def _table(rows: tuple[tuple[str, ...], ...], *, blocky: bool) -> str:
    lines = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    table = f"<table>\n<tbody>\n{lines}\n</tbody>\n</table>"
    return f'<figure class="wp-block-table">{table}</figure>' if blocky else table


def _related(post: Post, block: Related, base: str) -> str:
    title = shown(post, html.escape(block.title, quote=False))
    link = f'<a href="{base}{block.path}">{title}</a>'
    match block.style:
        case "strong":
            return paragraph(post.style, f"<strong>{block.label} {link}</strong>")
        case "em":
            return paragraph(post.style, f"<em>({block.label} {link})</em>")
        case "quote":
            return f"<blockquote><p><strong>{block.label} {link}</strong></p></blockquote>"
        case "div":
            return f'<div class="baca-juga"><span>{block.label}</span> {link}</div>'
        case "ul":
            label = block.label.rstrip(" :")
            return f'<div class="baca-juga-daftar"><p>{label}</p>\n<ul>\n<li>{link}</li>\n</ul>\n</div>'
    return paragraph(post.style, f"{block.label} {link}")


def image_tag(image: Image, base: str, css: str) -> str:
    source = f"{base}/wp-content/uploads/{image.path}"
    small = source.removesuffix(".jpg") + "-300x169.jpg"
    return (
        f'<img loading="lazy" decoding="async" width="1024" height="576" src="{source}" alt="{html.escape(image.alt)}" '
        f'class="{css} wp-image-{image.id}" srcset="{source} 1024w, {small} 300w" '
        'sizes="(max-width: 1024px) 100vw, 1024px" />'
    )


def caption_html(post: Post, image: Image) -> str:
    return shown(post, html.escape(image.caption or "", quote=False))


def _picture(post: Post, image: Image, base: str) -> str:
    caption = caption_html(post, image)
    if post.style == "gutenberg":
        picture = image_tag(image, base, "")
        return (
            f'<figure class="wp-block-image size-large">{picture}'
            f'<figcaption class="wp-element-caption">{caption}</figcaption></figure>'
        )
    label = f"caption-attachment-{image.id}"
    return (
        f'<figure id="attachment_{image.id}" aria-describedby="{label}" style="width: 1034px" '
        'class="wp-caption aligncenter">'
        f"{image_tag(image, base, 'size-large')}"
        f'<figcaption id="{label}" class="wp-caption-text">{caption}</figcaption></figure>'
    )


def _gallery(post: Post, images: tuple[Image, ...], base: str) -> str:
    items = "".join(
        "<figure class='gallery-item'><div class='gallery-icon landscape'>"
        f"<a href='{base}/?attachment_id={image.id}'>{image_tag(image, base, 'attachment-thumbnail')}</a></div>"
        f"<figcaption class='wp-caption-text gallery-caption'>{caption_html(post, image)}</figcaption></figure>"
        for image in images
    )
    css = f"gallery galleryid-{post.id} gallery-columns-3 gallery-size-thumbnail"
    return f"<div id='gallery-1' class='{css}'>{items}</div>"


def excerpt(post: Post, words: int = 55) -> str:
    """Return the first words of the first page without pictures, adverts and embeds; empty behind a password."""
    if post.status == "password":
        return ""
    kept = [block.html for block in stored_pages(post)[0] if isinstance(block, Text)]
    text = reader_text(shown(post, " ".join(kept))).split()
    return " ".join(text[:words]) + (" […]" if len(text) > words else "")


def thumbnail(post: Post) -> Image | None:
    return next(iter(images_of(post)), None)
