"""A page as a common WordPress theme lays it out, and what is read from it."""

from html import escape

from kickcrawl.article import Article, Page, PageSource, Rejection, SiteRules
from kickcrawl.extract import extract

STORY = """<!doctype html><html lang="id"><head><title>Panen padi di Jonggat - Warta Uji</title></head>
<body class="{kind}"><nav><a href="/">Beranda</a></nav><article><h1>Panen padi di Jonggat</h1>
<div class="entry-content"><p>Petani di Jonggat memanen padi lebih awal tahun ini karena hujan turun sejak Oktober.</p>
<p>Kelompok tani Sumber Urip mencatat hasil enam ton dari setiap hektare sawah, naik setengah ton dari tahun lalu.</p>
<p>Gabah kering dibeli penggilingan di Praya seharga enam ribu rupiah sekilogram, kata ketua kelompok.</p></div>
</article></body></html>"""


URL = "https://warta.example/panen-raya-bawang"


SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar", dateline_names=("Warta Uji",))


PARAGRAPHS = [
    "Warta Uji – Petani di lereng utara mulai memanen bawang merah setelah hujan reda selama dua pekan terakhir.",
    "”Umbinya besar dan kering, jadi harganya pun lumayan,” kata Inaq Sahni, salah seorang petani di dusun itu.",
    "Harga di tingkat pengepul naik tipis menjadi Rp18.000 per kilogram dibandingkan pekan yang lalu.",
    "Begitulah.",
    "Kepala desa berharap jalan menuju kebun segera diperkeras oleh dinas sebelum musim hujan kembali tiba. (abc)",
]


TEXT = "\n\n".join(PARAGRAPHS)


AROUND = "".join(f'<li><a href="/cerita-{n}">Cerita lain nomor {n} dari pelosok pulau</a></li>' for n in range(6))


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{escape(text, quote=False)}</p>\n" for text in texts)


def wordpress(
    body: str, *, title: str = "Panen Raya Bawang", site: str = "Warta Uji", classes: str = "single postid-417"
) -> bytes:
    """A page as a common WordPress theme lays it out: head of an SEO plugin, menu, post, sidebar, footer."""
    return f"""<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title} - {site}</title>
<meta property="article:published_time" content="2025-07-14T01:30:00+00:00"><meta property="og:type" content="article">
<link rel="stylesheet" href="/wp-content/themes/uji/style.css"></head><body class="post-template-default {classes}">
<header><nav><ul>{AROUND}</ul></nav></header>
<main><article class="post-417 post type-post hentry"><header class="entry-header"><h1 class="entry-title">{title}</h1>
<div class="entry-meta"><time class="entry-date published" datetime="2025-07-14T09:30:00+08:00">14 Juli 2025</time>
<a rel="author" href="/author/siti">Siti Rahma</a></div></header>
<div class="entry-content"><div class="sharedaddy">Bagikan ke teman</div>{body}</div>
<footer class="entry-footer"><a rel="category tag" href="/category/e">Ekonomi</a><a rel="tag" href="/tag/b">bawang</a>
</footer></article></main><aside class="widget-area"><h3>Terpopuler</h3><ul>{AROUND}</ul></aside>
<footer><p>Hak cipta {site}. Seluruh isi dilindungi.</p></footer></body></html>""".encode()


def page(*bodies: bytes, content_type: str | None = "text/html; charset=utf-8") -> Page:
    sources = tuple(
        PageSource(url=URL if n == 1 else f"{URL}/{n}/", body=body, content_type=content_type)
        for n, body in enumerate(bodies, 1)
    )
    return Page(requested_url=URL, sources=sources, site=SITE)


def article(*bodies: bytes) -> Article:
    result = extract(page(*bodies))
    assert isinstance(result, Article), result
    return result


def reason(*bodies: bytes) -> str:
    result = extract(page(*bodies))
    assert isinstance(result, Rejection), result
    return result.reason
