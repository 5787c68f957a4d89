"""What stands in for a text behind a password: the form, and the sentence that replaces the excerpt."""

from __future__ import annotations

from .edition import Edition
from .model import Post

FORM_NOTE = "Kutipan tidak tersedia karena tulisan ini dilindungi kata sandi."


def form(edition: Edition, post: Post) -> str:
    field = f"pwbox-{post.id}"
    return (
        f'<form action="{edition.base}/wp-login.php?action=postpass" class="post-password-form" method="post">'
        "<p>Tulisan ini dikunci. Ketikkan kata sandinya untuk membaca isinya:</p>"
        f'<p><label for="{field}">Kata sandi: '
        f'<input name="post_password" id="{field}" type="password" size="20" /></label> '
        '<input type="submit" name="Submit" value="Masuk" /></p></form>'
    )
