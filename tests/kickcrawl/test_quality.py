"""Quality: whether what was read may be stored as the article that was asked for, or why not."""

import pytest

from kickcrawl.article import Article, Page, PageSource, SiteRules
from kickcrawl.quality import breaks_off, is_other_article, why_only_begun, why_rejected

SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
ASKED = "https://warta.example/panen-raya-bawang"
LED = "https://warta.example/panen-raya-jagung"
LONG = "Petani di lereng utara menanti hujan turun lebih awal tahun ini. " * 8


def page(*, native_id: str | None = None, title: str | None = None, found: str = ASKED) -> Page:
    return Page(
        requested_url=ASKED,
        sources=(PageSource(url=found, body=b"<p></p>"),),
        site=SITE,
        native_id=native_id,
        title=title,
    )


def article(*, url: str = ASKED, title: str = "Panen Raya Bawang", text: str = LONG, native_id: str | None = None) -> Article:  # fmt: skip  # noqa: E501
    return Article(url=url, title=title, text=text, native_id=native_id)


def reason(page: Page, article: Article) -> str | None:
    rejection = why_rejected(page, article)
    return rejection.reason if rejection else None


@pytest.mark.parametrize(
    "text",
    [
        "Please enable JavaScript to continue.",
        "Aktifkan JavaScript pada peramban.",
        "Akses ditolak.",
        "Error establishing a database connection",
        "Halaman yang Anda cari tidak ditemukan.",
        "Berita yang Anda cari tidak tersedia.",
        "Situs sedang dalam pemeliharaan.",
    ],
)
def test_shell_instead_of_an_article_is_a_block_page(text: str) -> None:
    assert reason(page(), article(text=text)) == "block-page"
    assert reason(page(), article(title=text, text="")) == "block-page"


def test_long_article_that_mentions_such_words_may_stay() -> None:
    assert reason(page(), article(text=f"{LONG} Akses ditolak, kata warga.")) is None


def test_short_article_and_photo_post_may_stay() -> None:
    assert reason(page(), article(text="Hujan turun di Sembalun.")) is None
    assert reason(page(), article(text="")) is None


@pytest.mark.parametrize("url", ["https://warta.example/", "https://warta.example"])
def test_article_at_the_sites_root_is_its_front_page(url: str) -> None:
    assert reason(page(), article(url=url)) == "front-page"


def test_article_under_a_plain_permalink_may_stay() -> None:
    assert reason(page(found="https://warta.example/?p=7"), article(url="https://warta.example/?p=7")) is None


@pytest.mark.parametrize(
    ("page", "article", "other"),
    [
        pytest.param(page(native_id="7"), article(native_id="8"), True, id="another number"),
        pytest.param(
            page(native_id="7", found=LED, title="Panen Raya Bawang"), article(native_id="7", title="Sama Sekali Lain"),
            False, id="same number under another headline and address",
        ),
        pytest.param(page(title="Panen Raya Bawang"), article(title="Lain"), False, id="no redirect"),
        pytest.param(page(title="Panen Raya Bawang", found=ASKED + "/"), article(title="Lain"), False,
                     id="redirect to a slash"),
        pytest.param(page(found=LED), article(title="Lain"), False, id="redirect, headline unknown"),
        pytest.param(page(title="Harga Bawang Turun", found=LED), article(title="Jalan Desa Diperbaiki"), True,
                     id="redirect to another headline"),
        pytest.param(page(title="Harga Bawang Turun", found=LED), article(title="Harga Bawang Turun Lagi"), False,
                     id="redirect to a headline that was edited"),
        pytest.param(page(title="Harga Bawang Turun Tajam", found=LED), article(title="Harga Bawang"), False,
                     id="half of the words are there"),
        pytest.param(page(title="Harga Bawang Turun", found=LED, native_id="7"), article(title="Lain"), True,
                     id="number known on one side only"),
    ],
)  # fmt: skip
def test_answer_with_a_different_article_is_noticed(page: Page, article: Article, other: bool) -> None:
    assert is_other_article(page, article) is other
    assert reason(page, article) == ("other-article" if other else None)


WHOLE = "\n\n".join(f"Petani di lereng {side} menanti hujan turun lebih awal." for side in ("utara", "barat", "timur"))
WALL = b'<div class="box paywall-box"><form><input name="email"></form></div>'


@pytest.mark.parametrize(
    "said",
    [
        WALL,
        b"<div id=regwall>",
        b'<script>{"isAccessibleForFree": "False"}</script>',
        b'<script>{"isAccessibleForFree":false}</script>',
    ],
)
def test_beginning_before_a_wall_does_not_replace_the_whole_text(said: bytes) -> None:
    sources = (PageSource(url=ASKED, body=said),)
    beginning = WHOLE.split("\n\n")[0]
    assert why_only_begun(WHOLE, article(text=beginning), sources) is not None
    assert why_only_begun(WHOLE, article(text=f"{beginning[:-6]}..."), sources) is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(WHOLE.split("\n\n")[0], b"<div class='berita'>", id="an edit, and no wall"),
        pytest.param(WHOLE.split("\n\n")[1], WALL, id="another text"),
        pytest.param(WHOLE.rpartition("\n\n")[0], WALL, id="most of the text"),
        pytest.param(WHOLE.split("\n\n")[0], b'{"isAccessibleForFree": true}</script>', id="free"),
    ],
)
def test_an_edit_that_shortens_is_no_wall(text: str, said: bytes) -> None:
    assert why_only_begun(WHOLE, article(text=text), (PageSource(url=ASKED, body=said),)) is None


@pytest.mark.parametrize(
    "body",
    [
        f"<html><body><p>{WHOLE[:-30]}".encode("latin-1"),
        b"<html><body><p>Petani di lereng utara.</p><div class='ik",
        b"<html><body><p>Petani di lereng utara.</p><script>if (lebar > 40",
        b"<p>Petani.</p>\n<b>Fatal error</b>:  Out of memory in <b>/www/a.php</b> on line <b>3</b><br />\n",
    ],
    ids=["in a word", "in a tag", "in a script", "an error of PHP"],
)
def test_page_that_breaks_off_does_not_replace_the_whole_text(body: bytes) -> None:
    source = PageSource(url=ASKED, body=body)
    assert breaks_off(source, WHOLE[:-30])
    begun = why_only_begun(WHOLE, article(text=WHOLE[:-30]), (source,))
    assert begun is not None
    assert begun.detail == "23 of 27 words are left, the page breaks off"


@pytest.mark.parametrize(
    "body",
    [
        b"<p>Petani.</p></body></html>\n0",
        b"<p>Petani.</p><footer>Warta Uji</footer>",
        b"<p>Petani.</p><script>1 > 0</script><p>&copy; 2026 Warta Uji",
        b"<p>Petani.</p><!-- cached -->\n",
        "<p>Petani.</p><p>版权所有".encode(),
    ],
)
def test_page_that_ends_does_not_break_off(body: bytes) -> None:
    assert not breaks_off(PageSource(url=ASKED, body=body), "Petani.")


def test_name_of_the_site_is_no_headline() -> None:
    assert reason(page(), article(title="WARTA UJI")) == "no-title"
    assert reason(page(), article(title="Warta Uji Setelah Sepuluh Tahun")) is None
