"""Bytes without a declaration are read in the encoding that makes sense of their text."""

import time

import pytest

from kickcrawl.article import PageSource
from kickcrawl.page.charset import charset_of
from kickcrawl.page.html import parse_html

TEXTS = {
    "id": ("Warga bilang “ombak besar” – lebih besar daripada tahun lalu, kata anak Amaq Rinah’s.", "cp1252"),
    "de": ("Größere Wellen haben in der Bucht mehrere Boote beschädigt, sagte der Bürgermeister.", "cp1252"),
    "fr": ("Les pêcheurs de la baie ne sont pas sortis en mer, où le prix du poisson a doublé, ça inquiète.", "cp1252"),
    "es": ("Los niños y las señoras esperan en el muelle con preocupación, según el jefe del grupo.", "cp1252"),
    "pl": ("Rybacy z małej zatoki od czterech dni nie wypływają w morze, ponieważ wieje silny wiatr.", "iso8859_2"),
    "cs": ("Rybáři ze zálivu už čtyři dny nevyplouvají na moře, protože vlny narážejí na pobřeží.", "cp1250"),
    "tr": ("Balıkçılar dört gündür denize açılamıyor, küçük teknelerin çoğu eski iskelede bağlı duruyor.", "cp1254"),
    "ru": ("Рыбаки небольшого залива уже четыре дня не выходят в море.", "cp1251"),
    "ru, older": ("Рыбаки небольшого залива уже четыре дня не выходят в море.", "koi8_r"),
    "el": ("Οι ψαράδες του κόλπου δεν βγαίνουν στη θάλασσα εδώ και τέσσερις ημέρες.", "cp1253"),
    "ar": ("لم يخرج الصيادون إلى البحر منذ أربعة أيام لأن الأمواج تضرب الساحل الجنوبي للجزيرة.", "cp1256"),
    "th": ("ชาวประมงในอ่าวไม่ได้ออกทะเลมาสี่วันแล้ว เพราะคลื่นสูงสามเมตร", "cp874"),
    "ja": ("湾の漁師たちは、三メートルを超える波が海岸に押し寄せているため、漁に出ていない。", "cp932"),
    "ja, Unix": ("湾の漁師たちは、三メートルを超える波が海岸に押し寄せているため、漁に出ていない。", "euc_jp"),
    "zh": ("海湾的渔民已经连续四天没有出海，因为三米高的海浪不断冲击着岛屿南部的海岸。", "gb18030"),
    "zh, Taiwan": ("海灣的漁民已經連續四天沒有出海，因為三米高的海浪不斷衝擊著島嶼南部的海岸。", "big5"),
    "ko": ("만의 어부들은 삼 미터 높이의 파도 때문에 나흘째 바다에 나가지 못하고 있다고 밝혔다.", "cp949"),
}


@pytest.mark.parametrize(("text", "charset"), TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("head", ["", "<meta charset=utf-8>"], ids=["undeclared", "declared as UTF-8"])
def test_text_tells_its_encoding(head: str, text: str, charset: str) -> None:
    page = f"<html><head>{head}<title>Kabar</title></head><body><p>Kabar</p><p>{text}</p></body></html>".encode(charset)
    root = parse_html(PageSource(url="https://a.example/1", body=page))
    assert root is not None
    assert root.findall(".//p")[1].text == text


def test_a_declared_encoding_is_believed() -> None:
    page = "<meta charset=iso-8859-2><p>zażółć</p>".encode("iso8859_2")
    root = parse_html(PageSource(url="https://a.example/1", body=page))
    assert root is not None
    assert root.findtext(".//p") == "zażółć"


def test_a_single_sign_is_read_as_browsers_do() -> None:
    assert charset_of("<p>Suhu mencapai 25 °C pada siang hari, naik 1½ derajat.</p>".encode("cp1252")) == "cp1252"


def test_scripts_do_not_tell() -> None:
    page = "<script>var x = 'Рыбаки';</script><p>Wanita itu berkata “takut”.</p>".encode("cp1251")
    assert charset_of(page) == "cp1252"


def test_what_is_left_open_hides_the_rest_as_in_browsers() -> None:
    text = "<p>Рыбаки не выходят в море.</p>".encode("cp1251")
    assert charset_of(text + b"<!-- iklan" + "<p>“takut”</p>".encode("cp1252")) == "cp1251"


@pytest.mark.parametrize("piece", [b"<script>", b"<!--", b"<", b"</script", b'<a b="'])
def test_page_of_tags_that_are_left_open_is_read_in_proportion_to_its_length(piece: bytes) -> None:
    begin = time.process_time()
    charset_of(piece * 30_000 + b"\xe9")
    assert time.process_time() - begin < 5  # seconds of CPU


@pytest.mark.parametrize("before", range(16_380, 16_386))
def test_sign_of_several_bytes_is_read_wherever_it_stands_in_a_long_page(before: int) -> None:
    opening = "<html><body><p>"
    page = f"{opening}{'a' * (before - len(opening))}浪é</p></body></html>"
    root = parse_html(PageSource(url="https://a.example/1", body=page.encode()))
    assert root is not None
    assert root.text_content().endswith("a浪é")
