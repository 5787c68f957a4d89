"""Pictures: taken out of the article with caption and credit, so that no caption is taken for a paragraph."""

import lxml.html
import pytest

from kickcrawl.article import Claim, Image
from kickcrawl.body.images import caption_featured, read_credit, take_images
from kickcrawl.page.blocks import fold

BASE = "https://warta.example/panen"
PICTURE = "https://warta.example/foto/panen.jpg"


def take(fragment: str) -> tuple[tuple[Image, ...], str]:
    """The images of *fragment* and the text that is left of it."""
    root = lxml.html.fragment_fromstring(fragment, create_parent="div")
    return take_images(root, BASE), fold(root.text_content())


@pytest.mark.parametrize(
    "fragment",
    [
        pytest.param('<figure><img src="/foto/panen.jpg"><figcaption>Warga memanen</figcaption></figure>', id="figure"),
        pytest.param(
            '<div class="wp-caption"><img src="/foto/panen.jpg"><p class="wp-caption-text">Warga memanen</p></div>',
            id="WordPress' older caption",
        ),
        pytest.param(
            '<dl class="gallery-item"><dt><img src="/foto/panen.jpg"></dt>'
            '<dd class="gallery-caption">Warga memanen</dd></dl>',
            id="gallery",
        ),
        pytest.param(
            '<figure><a href="/foto/besar.jpg"><picture><img src="/foto/panen.jpg"></picture></a>'
            "<figcaption><em>Warga\n memanen</em></figcaption></figure>",
            id="link and picture around",
        ),
    ],
)
def test_caption_goes_with_its_picture_and_not_with_the_text(fragment: str) -> None:
    images, left = take(f"<p>Awal.</p>{fragment}<p>Akhir.</p>")
    assert images == (Image(url=PICTURE, caption="Warga memanen"),)
    assert left == "Awal.Akhir."


@pytest.mark.parametrize(
    ("attributes", "url"),
    [
        pytest.param('src="foto/panen.jpg"', PICTURE, id="relative"),
        pytest.param('src="//cdn.example/p.jpg"', "https://cdn.example/p.jpg", id="without scheme"),
        pytest.param('src="data:image/gif;base64,AA" data-src="/foto/panen.jpg"', PICTURE, id="lazy"),
        pytest.param('src="/kosong.gif" data-lazy-src="/foto/panen.jpg"', PICTURE, id="lazy with a placeholder"),
        pytest.param('src="data:image/gif;base64,AA"', None, id="nothing but a placeholder"),
        pytest.param('alt="Panen"', None, id="no address"),
        pytest.param('src="http://[rusak/p.jpg"', None, id="broken address"),
    ],
)
def test_address_of_a_picture_is_the_one_that_loads_in_the_end(attributes: str, url: str | None) -> None:
    images, _ = take(f"<p><img {attributes}></p>")
    assert [image.url for image in images] == ([url] if url else [])


def test_picture_that_stands_twice_is_named_once_with_its_caption() -> None:
    images, _ = take(
        '<img src="/foto/panen.jpg"><figure><img src="/foto/panen.jpg"><figcaption>Warga (Ist)</figcaption></figure>'
    )
    assert images == (Image(url=PICTURE, caption="Warga (Ist)", credit="Ist"),)


def test_pictures_of_a_gallery_keep_their_own_captions() -> None:
    figures = "".join(f'<figure><img src="/{n}.jpg"><figcaption>Foto ke-{n}</figcaption></figure>' for n in (1, 2))
    images, left = take(f"<figure>{figures}<figcaption>Panen</figcaption></figure>")
    assert [image.caption for image in images] == ["Foto ke-1 Panen", "Foto ke-2 Panen"]
    assert left == ""


def test_caption_of_a_gallery_is_that_of_its_pictures_without_one() -> None:
    images, left = take(
        '<figure class="wp-block-gallery"><figure><img src="/1.jpg"></figure><figure><img src="/2.jpg">'
        "<figcaption>Truk tiba (Ist)</figcaption></figure><figcaption>Panen (Foto: Anom)</figcaption></figure>"
    )
    assert [(image.caption, image.credit) for image in images] == [
        ("Panen (Foto: Anom)", "Anom"), ("Truk tiba (Ist) Panen (Foto: Anom)", "Ist"),
    ]  # fmt: skip
    assert left == ""


def test_caption_of_an_embed_is_text_and_its_address_is_not() -> None:
    _, left = take(
        '<p>Awal.</p><figure class="wp-block-embed is-type-video"><div>https://video.example/1</div>'
        "<figcaption>Rekaman warga</figcaption></figure><p>Akhir.</p>"
    )
    assert left == "Awal.Rekaman wargaAkhir."


@pytest.mark.parametrize(
    ("address", "own", "caption"),
    [
        ("https://warta.example/foto/panen.jpg", None, "Petani (Foto: Anom)"),
        ("http://warta.example/foto/panen-1024x683.jpg", None, "Petani (Foto: Anom)"),
        ("https://warta.example/foto/panen.jpg", "Warga", "Warga"),
        ("https://warta.example/foto/lain.jpg", None, None),
    ],
    ids=["the picture", "a smaller copy", "its own caption", "another"],
)
def test_caption_that_the_theme_leaves_out_comes_from_the_seed(
    address: str, own: str | None, caption: str | None
) -> None:
    said = Claim(field="picture", value=(PICTURE, "Petani (Foto: Anom)"), source="rest")
    (image,) = caption_featured((Image(url=address, caption=own),), [said])
    assert (image.caption, image.credit) == (caption, "Anom" if caption and own is None else None)


@pytest.mark.parametrize(
    "fragment",
    [
        pytest.param(
            "<figure><table><tr><td>12 </td></tr></table><figcaption>ton</figcaption></figure>",
            id="table and its caption",
        ),
        pytest.param("<figure><blockquote>12 ton</blockquote></figure>", id="quotation"),
    ],
)
def test_figure_that_holds_text_stays(fragment: str) -> None:
    assert take(fragment) == ((), "12 ton")


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        pytest.param("Petani memanen bawang. Foto: Humas", "Humas", id="Foto with a colon"),
        pytest.param("Petani memanen bawang (Foto: Dok. Desa)", "Dok. Desa", id="Foto in brackets"),
        pytest.param("Petani memanen bawang (Ist)", "Ist", id="bracket at the end"),
        pytest.param("Petani memanen bawang (Ist).", "Ist", id="bracket and full stop"),
        pytest.param("Foto: Petani memanen bawang (Ist)", "Ist", id="Foto that names the scene"),
        pytest.param("Petani memanen bawang. Photo by Anom", "Anom", id="English"),
        pytest.param("Petani memanen. Dokumentasi: Dinas Tani", "Dinas Tani", id="dokumentasi"),
        pytest.param("Petani (kiri) memanen bawang", None, id="bracket in the middle"),
        pytest.param("Petani memanen bawang", None, id="no credit"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="no caption"),
        pytest.param(
            "Petani memanen bawang, Senin (14/7/2025)",
            None,
            id="date in brackets",
        ),
    ],
)
def test_credit_is_read_from_the_caption(caption: str | None, credit: str | None) -> None:
    assert read_credit(caption) == credit
