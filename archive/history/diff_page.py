"""Print a comparison of two revisions as one HTML page that stands alone: no scripts, nothing from elsewhere."""

from collections.abc import Sequence

from jinja2 import Environment

from archive.history.revisions import FieldDifference
from archive.lookup import ArticleRecord
from kickcrawl.compare.diff import shortened

_PAGE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{ title }} - {{ subject }}</title>
<style>
body { font: 1rem/1.6 Georgia, serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font: bold .9rem/1 sans-serif; margin: 2rem 0 .5rem; }
header p { font: .85rem/1.5 sans-serif; color: #555; overflow-wrap: anywhere; margin: .25rem 0; }
.diff { white-space: pre-line; overflow-wrap: anywhere; margin: 0; }
ins { background: #d8f0d8; text-decoration: underline; } del { background: #f8dcd8; }
</style>
</head>
<body>
<header>
<h1 lang="{{ language }}">{{ title }}</h1>
<p>{{ address }} (id {{ id }})</p>
<p>{{ subject }}</p>
<p>{{ summary }}</p>
</header>
{% for difference in differences %}
<h2>{{ difference.field }}</h2>
<p class="diff" lang="{{ language }}">
{%- for piece in difference.pieces -%}
{%- if piece.kind == "removed" %}<del>{{ piece.text }}</del>
{%- elif piece.kind == "added" %}<ins>{{ piece.text }}</ins>
{%- else %}{{ shortened(piece.text) }}{% endif -%}
{%- endfor -%}
</p>
{% else %}
<p>Nothing differs.</p>
{% endfor %}
</body>
</html>
""")


def diff_page(record: ArticleRecord, subject: str, summary: str, differences: Sequence[FieldDifference]) -> str:
    """Return the page: *record* is the article, *subject* says what is compared, *summary* what changed."""
    return _PAGE.render(
        id=record["id"],
        title=record["title"],
        language=record["language"] or "",
        address=record["url"],
        subject=subject,
        summary=summary,
        differences=differences,
        shortened=shortened,
    ) + "\n"  # fmt: skip
