"""Pictures: taken out of the article with caption and credit, so that no caption is taken for a paragraph."""

import lxml.html
import pytest

from kickcrawl.article import Image
from kickcrawl.body.images import read_credit, take_images
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
    assert [image.caption for image in images] == ["Foto ke-1", "Foto ke-2"]
    assert left == ""


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        pytest.param(
            "<figure><table><tr><td>12 ton</td></tr></table> <figcaption>Sumber: desa</figcaption></figure>",
            "12 ton Sumber: desa",
            id="table with its source",
        ),
        pytest.param(
            "<figure><figcaption>Bantuan</figcaption> <ul><li>Bibit</li></ul></figure>", "Bantuan Bibit", id="list"
        ),
        pytest.param("<figure><blockquote>12 ton</blockquote></figure>", "12 ton", id="quotation"),
    ],
)
def test_figure_that_holds_text_stays(fragment: str, text: str) -> None:
    assert take(fragment) == ((), text)


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
