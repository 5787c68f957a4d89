"""A page that sends the browser elsewhere at once, by a meta refresh or by the only statement of its only script."""

import pytest

from kickcrawl.article import PageSource
from kickcrawl.page.html import leads_on

URL = "https://warta.example/lama/7"


@pytest.mark.parametrize(
    ("page", "target"),
    [
        ('<meta http-equiv="refresh" content="0; url=/baru/7">', "/baru/7"),
        ('<meta http-equiv="refresh" content="600">', None),
        ("<script>window.location.href = '/baru/7';</script>", "/baru/7"),
        ('<title>Pindah</title><script>location.replace("/baru/7")</script><p>Sedang dialihkan</p>', "/baru/7"),
        ("<script type='text/javascript'><!-- \n top.location='/baru/7' //--></script>", "/baru/7"),
        ("<script>if (screen.width < 700) location.href = 'https://m.warta.example/';</script>", None),
        ("<script>document.cookie = 'a=1'; location.href = '/baru/7';</script>", None),
        ("<script>function pindah() { location.href = '/baru/7' }</script>", None),
        ("<script>location.href = '/baru/7'</script><script src='/hitung.js'></script>", None),
        ("<script>location.href = '/lama/7'</script>", None),
        ("<script>location.href = 'javascript:void(0)'</script>", None),
        (f"<script>location.href = '/baru/7'</script><p>{'Warga memanen bawang. ' * 9}</p>", None),
        ("<p>Warga memanen bawang.</p>", None),
    ],
)
def test_page_leads_on_if_that_is_all_it_does(page: str, target: str | None) -> None:
    found = leads_on(PageSource(url=URL, body=f"<html><body>{page}</body></html>".encode()))
    assert found == (f"https://warta.example{target}" if target else None)
