"""Pictures: taken out of the article with caption and credit, so that no caption is taken for a paragraph."""

import lxml.html
import pytest

from kickcrawl.article import Claim, Image
from kickcrawl.page.blocks import fold
from kickcrawl.page.head_tags import read_head_tags
from kickcrawl.page.other_entries import other_entries
from kickcrawl.pictures.address import reveal
from kickcrawl.pictures.credit import read_credit
from kickcrawl.pictures.images import caption_featured, take_images

BASE = "https://warta.example/panen"
PICTURE = "https://warta.example/foto/panen.jpg"


def take(fragment: str) -> tuple[tuple[Image, ...], str]:
    """The images of *fragment* and the text that is left of it."""
    root = lxml.html.fragment_fromstring(fragment, create_parent="div")
    entries = other_entries(root, read_head_tags(root), BASE, (root,))
    return take_images(root, BASE, entries), fold(root.text_content())


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
        pytest.param('src="/memuat.gif" data-lazy="/foto/panen.jpg"', PICTURE, id="another lazy loader"),
        pytest.param('src="/img/loading.gif" data-gambar="/foto/panen.jpg"', PICTURE, id="a loader of its own"),
        pytest.param('srcset="/foto/kecil.jpg 400w, /foto/panen.jpg 1200w"', PICTURE, id="the widest of a set"),
        pytest.param('src="data:," data-srcset="/foto/kecil.jpg 1x,/foto/panen.jpg 2x"', PICTURE, id="lazy set"),
        pytest.param('src="/img/blank.gif"', None, id="nothing but a spacer"),
        pytest.param(
            'src="/buram.jpg?w=20" data-srcset="/foto/kecil.jpg 9w, /foto/panen.jpg 90w"', PICTURE, id="blurred"
        ),
        pytest.param('src="/img/umum.jpg" data-echo="/foto/panen.jpg"', PICTURE, id="another lazy loader"),
        pytest.param('src="data:," nitro-lazy-src="/foto/panen.jpg"', PICTURE, id="one with names of its own"),
        pytest.param('alt="Panen"', None, id="no address"),
        pytest.param('src="http://[rusak/p.jpg"', None, id="broken address"),
    ],
)
def test_address_of_a_picture_is_the_one_that_loads_in_the_end(attributes: str, url: str | None) -> None:
    images, _ = take(f"<p><img {attributes}></p>")
    assert [image.url for image in images] == ([url] if url else [])


def test_picture_of_another_element_is_found() -> None:
    sources = '<picture><source srcset="/foto/panen.jpg 900w"><img src="data:,"></picture>'
    assert [image.url for image in take(sources)[0]] == [PICTURE]
    assert [image.url for image in take('<a-img src="/foto/panen.jpg"></a-img>')[0]] == [PICTURE]


def test_picture_whose_tag_is_text_in_noscript_is_read() -> None:
    root = lxml.html.fragment_fromstring('<div><noscript>&lt;img src="/foto/panen.jpg"&gt;</noscript></div>')
    reveal(root)
    assert take_images(root, BASE) == (Image(url=PICTURE),)


def test_picture_in_noscript_takes_the_place_of_the_one_that_a_script_would_load() -> None:
    lazy = '<!-- x --><noscript></noscript><img src="data:,"><noscript><img src="/foto/panen.jpg"></noscript>'
    lazy += "<figcaption>Warga</figcaption>"
    root = lxml.html.fragment_fromstring(f"<div><figure>{lazy}</figure><noscript><img src='/b.jpg'></noscript></div>")
    reveal(root)
    for noscript in root.findall(".//noscript"):
        noscript.drop_tree()
    assert take_images(root, BASE) == (Image(url=PICTURE, caption="Warga"), Image(url="https://warta.example/b.jpg"))


@pytest.mark.parametrize(
    "fragment",
    [
        pytest.param('<a href="/lain"><img src="/a.jpg"></a>', id="another article"),
        pytest.param('<a href="https://toko.example/"><img src="/a.jpg"></a>', id="an advert"),
        pytest.param('<img src="https://ukur.example/t" width="1" height="1">', id="a pixel"),
        pytest.param('<div class="post-author"><img src="/a.jpg"><b>Siti Rahma</b></div>', id="a portrait"),
        pytest.param('<img src="https://ukur.example/hit?id=3.gif" style="display:none">', id="a hidden pixel"),
        pytest.param('<img src="/aset/badge-berita.png" width="120">', id="a badge"),
        pytest.param('<img src="/senyum.gif" class="wp-smiley">', id="an emoji"),
        pytest.param('<img src="/a.jpg" width="80" style="border-radius: 50%">', id="a round portrait"),
        pytest.param(
            '<a href="https://lain.example/x"><b>Kabar lain</b><img src="https://lain.example/a.jpg"></a>',
            id="a card of another site",
        ),
        pytest.param('<img src="https://secure.gravatar.com/avatar/1">', id="an account's portrait"),
        pytest.param('<div><img src="/a.jpg"><h4><a href="/lain">Pasar Ikan Sepi</a></h4></div>', id="a card"),
        pytest.param(
            '<li><a href="https://www.warta.example/lain/"><img src="/a.jpg"></a><a href="/lain">Pasar Ikan</a></li>',
            id="a card of several links",
        ),
    ],
)
def test_picture_of_something_else_is_none_of_the_article(fragment: str) -> None:
    assert take(f"<p>Awal.</p>{fragment}")[0] == ()


@pytest.mark.parametrize(
    "tag",
    [
        '<amp-img src="/foto/panen.jpg" width="16" height="9" layout="responsive"></amp-img>',
        '<img src="/foto/logo-desa.jpg" width="800" height="600">',
        '<img src="/foto/panen.jpg" style="display: none">',
    ],
    ids=["a ratio for its size", "a large one of a logo", "hidden until it has loaded"],
)
def test_one_sign_of_a_badge_is_not_enough(tag: str) -> None:
    assert len(take(tag)[0]) == 1


@pytest.mark.parametrize("href", ["/foto/besar.jpg", "/panen/lampiran", "/?attachment_id=4", "#", ""])
def test_picture_that_links_to_itself_is_the_article_s(href: str) -> None:
    assert [image.url for image in take(f'<a href="{href}"><img src="/foto/panen.jpg"></a>')[0]] == [PICTURE]


@pytest.mark.parametrize(
    "fragment",
    [
        pytest.param('<div><img src="/foto/panen.jpg"><div class="media-caption">{}</div></div>', id="a class name"),
        pytest.param('<p><img src="/foto/panen.jpg"></p><!-- x --><p class="ketfoto">{}</p>', id="a paragraph behind"),
        pytest.param('<div><img src="/foto/panen.jpg"><small>{}</small></div>', id="a box of both"),
        pytest.param('<p><a><img src="/foto/panen.jpg"></a></p><p><em>{}</em></p>', id="small print with a credit"),
        pytest.param('<figure><img src="/foto/panen.jpg"></figure><p class="caption">{}</p>', id="behind the figure"),
        pytest.param('<p><img src="/foto/panen.jpg"></p><p>{}</p>', id="a line with a labelled credit"),
        pytest.param('<div><img src="/foto/panen.jpg"></div><div class="image-desc">{}</div>', id="named as the image"),
        pytest.param(
            '<div><img src="/foto/panen.jpg"><div class="text-sm">{}</div></div>', id="a class of small print"
        ),
    ],
)
def test_caption_outside_of_a_figure_goes_with_its_picture(fragment: str) -> None:
    caption = "Warga memanen padi. Foto: Humas"
    images, left = take(f"<p>Awal.</p>{fragment.format(caption)}<p>Petani memanen padi.</p>")
    assert images == (Image(url=PICTURE, caption=caption, credit="Humas"),)
    assert left == "Awal.Petani memanen padi."


@pytest.mark.parametrize("behind", ["<p>Warga memanen padi.</p>", "<p>Warga</p><p><em>memanen (Foto: Humas)</em></p>"])
def test_paragraph_behind_a_picture_stays_text(behind: str) -> None:
    images, left = take(f'<p><img src="/foto/panen.jpg"></p>{behind}<p>Akhir.</p>')
    assert images == (Image(url=PICTURE),)
    assert left.startswith("Warga")


def test_sentence_on_each_of_many_cards_is_the_text() -> None:
    cards = "".join(
        f'<div class="k"><img src="/{n}.jpg"><div><h3>Kursus {n}</h3>'
        f"<p>Belajar menenun selama {n} pekan di balai dusun.</p></div></div>"
        for n in range(1, 8)
    )
    assert "Belajar menenun selama 5 pekan" in take(cards)[1]


def test_all_lines_in_a_figure_without_figcaption_are_its_caption() -> None:
    images, left = take(
        '<figure><img src="/foto/panen.jpg"><span>Warga memanen</span><small>Foto: Humas</small></figure>'
    )
    assert images == (Image(url=PICTURE, caption="Warga memanen Foto: Humas", credit="Humas"),)
    assert left == ""


def test_lines_of_a_caption_are_parted_and_its_credit_is_read_from_its_markup() -> None:
    caption = 'Warga memanen<br>padi <span class="photo-credit">Lalu Anom</span>'
    images, _ = take(f'<figure><img src="/foto/panen.jpg"><figcaption>{caption}</figcaption></figure>')
    assert images == (Image(url=PICTURE, caption="Warga memanen padi Lalu Anom", credit="Lalu Anom"),)


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
    ("fragment", "expected"),
    [
        ("<figure><table><tr><td>12 ton</td></tr></table><figcaption> Tabel</figcaption></figure>", "12 ton Tabel"),
        ("<figure><figcaption>Hasil: </figcaption><ul><li>12 ton</li></ul></figure>", "Hasil: 12 ton"),
        ("<figure><blockquote>12 ton</blockquote></figure>", "12 ton"),
        ('<figure><iframe src="https://video.example/1"></iframe><figcaption>Panen</figcaption></figure>', "Panen"),
    ],
)
def test_figure_without_a_picture_stays_as_text(fragment: str, expected: str) -> None:
    images, left = take(fragment)
    assert images == ()
    assert left == expected


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
        pytest.param("Petani memanen (Kabar Uji/Lalu Anom)", "Kabar Uji/Lalu Anom", id="outlet and name"),
        pytest.param("Petani memanen. (ANTARA FOTO/Lalu Anom)", "ANTARA FOTO/Lalu Anom", id="an agency's photo"),
        pytest.param("Petani memanen. Foto: ANTARA FOTO/Lalu Anom", "ANTARA FOTO/Lalu Anom", id="the same, labelled"),
        pytest.param("Petani memanen (Dok. Desa Jonggat)", "Dok. Desa Jonggat", id="dok in brackets"),
        pytest.param("Petani memanen. Dok Desa Jonggat", "Desa Jonggat", id="dok without a colon"),
        pytest.param("Foto oleh: Lalu Anom", "Lalu Anom", id="by, with a colon"),
        pytest.param("Petani memanen [Foto: Lalu Anom]", "Lalu Anom", id="square brackets"),
        pytest.param("Foto: Lalu Anom. Petani memanen, Senin (14/7/2025)", "Lalu Anom", id="the name first"),
        pytest.param("Kolase: Siti Rahma, Foto: Humas", "Siti Rahma, Humas", id="two labels"),
        pytest.param("Petani memanen. Foto/Istimewa", "Istimewa", id="a slash behind the label"),
        pytest.param("Petani memanen © Claire Exemple / AFP", "Claire Exemple / AFP", id="a sign of copyright"),
        pytest.param("Petani memanen, Senin (14/7). ANTARA/Lalu Anom", "ANTARA/Lalu Anom", id="an agency at the end"),
        pytest.param("Petani memanen padi. Hasil GKP/GKG naik", None, id="a sentence with a slash"),
        pytest.param("Bupati menyerahkan benih kepada petani (kanan)", None, id="a place in the picture"),
        pytest.param("Amaq Sahni (dua dari kiri).", None, id="a place in words"),
        pytest.param("Amaq Sahni (Kiri)", None, id="a place in capitals"),
        pytest.param("Petani memanen padi (ilustrasi)", None, id="what kind of picture"),
        pytest.param("Badan Pangan Desa (BPD)", None, id="an abbreviation of what stands before it"),
        pytest.param("Petani dibantu (BPBD)", None, id="an abbreviation alone"),
        pytest.param("Petani memanen padi. (Freepik)", "Freepik", id="a word behind the sentence"),
        pytest.param("Petani memanen padi. (Ilustrasi)", None, id="what kind of picture, behind the sentence"),
        pytest.param("Foto: Petani memanen padi di sawah", None, id="a scene behind the label"),
        pytest.param("Foto: Lalu Anom untuk Warta Uji", "Lalu Anom untuk Warta Uji", id="for whom"),
        pytest.param("Foto: dokumen warga setempat", "dokumen warga setempat", id="small letters"),
        pytest.param("Foto: dok. Desa Jonggat", "dok. Desa Jonggat", id="an abbreviation behind the label"),
        pytest.param("Petani memanen. Foto: Lalu Anom.", "Lalu Anom", id="a full stop behind the name"),
        pytest.param("Petani memanen. Foto: Lalu Anom, S.H.", "Lalu Anom, S.H.", id="a degree behind the name"),
        pytest.param("Petani memanen (Foto Lalu Anom)", "Lalu Anom", id="no colon in brackets"),
        pytest.param("Petani memanen. Fotografer Lalu Anom", "Lalu Anom", id="no colon behind the sentence"),
        pytest.param("Foto Bupati Uji", None, id="no colon and nothing before it"),
        pytest.param("Petani memanen. Jane Sample/Getty Images", "Jane Sample/Getty Images", id="name and agency"),
        pytest.param("ANTARA FOTO/Lalu Anom", "ANTARA FOTO/Lalu Anom", id="an agency alone"),
        pytest.param("Boats. Courtesy of Jane Sample", "Jane Sample", id="courtesy"),
        pytest.param("Boote am Steg | Bildquelle: Amt Uji", "Amt Uji", id="German"),
        pytest.param("Barcas. Fotografía: Juana Prueba", "Juana Prueba", id="Spanish"),
        pytest.param("Bot di jeti. Gambar: Ali Contoh", "Ali Contoh", id="Malay"),
        pytest.param("漁船。写真：山田太郎", "山田太郎", id="Japanese"),
    ],
)
def test_credit_is_read_from_the_caption(caption: str | None, credit: str | None) -> None:
    assert read_credit(caption) == credit


@pytest.mark.parametrize(
    "fragment",
    [
        (
            '<div class="wp-block-cover"><img src="/foto/panen.jpg"><span aria-hidden="true"></span>'
            '<div class="wp-block-cover__inner-container"><p>Kebun itu baru dibuka.</p></div></div>'
        ),
        (
            '<div class="wp-block-media-text"><figure><img src="/foto/panen.jpg"></figure>'
            '<div class="wp-block-media-text__content"><p>Kebun itu baru dibuka.</p></div></div>'
        ),
    ],
    ids=["cover", "media and text"],
)
def test_text_over_or_beside_a_picture_is_no_caption(fragment: str) -> None:
    images, left = take(f"<p>Awal.</p>{fragment}<p>Akhir.</p>")
    assert images == (Image(url=PICTURE),)
    assert left == "Awal.Kebun itu baru dibuka.Akhir."


def test_list_of_author_day_and_tags_is_no_caption() -> None:
    details = '<ul class="links"><li><a href="/a">Siti</a></li><li>5 Nov. 2025</li><li><a href="/t">padi</a></li></ul>'
    images, _ = take(f'<section><span class="image"><img src="/foto/panen.jpg"></span>{details}</section><p>Panen.</p>')
    assert images == (Image(url=PICTURE),)


def test_what_holds_the_headline_is_no_caption() -> None:
    head = "<div><h1>Panen Padi</h1><p>Petani memanen.</p><small>(Foto: Humas)</small></div>"
    images, text = take(f'<div><img src="/foto/panen.jpg"></div>{head}')
    assert (images[0].caption, text) == (None, "Panen PadiPetani memanen.(Foto: Humas)")
    images, _ = take(f'<div><img src="/foto/panen.jpg">{head.replace("h1", "h2")}</div>')
    assert images[0].caption is None


@pytest.mark.parametrize(("name", "is_own"), [("img-share", True), ("bio__image", False), ("iklan-bawah", False)])
def test_a_pictures_own_name_tells_a_portrait_or_an_advert_not_what_is_done_with_it(name: str, is_own: bool) -> None:
    images, _ = take(f'<p>Panen.</p><img class="{name}" src="/foto/panen.jpg">')
    assert bool(images) == is_own
