"""Stories, differences, citations and the page about the archive."""

import json
from collections.abc import Iterator

import pytest
from lxml import html

from tests.support.serving import Site, fill, serving
from tests.support.storing import id_of

PANEN = id_of("panen")
ONCE = id_of("kabar-1")  # never edited


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(fill(tmp_path_factory.mktemp("site"))) as site:
        yield site


def text_of(page: str) -> str:
    return " ".join(html.fromstring(page).text_content().split())


def test_a_story_has_a_page_of_its_copies_the_first_one_first(site: Site) -> None:
    (way,) = html.fromstring(site.get(f"/article/{PANEN}").text).xpath("//a[text()='The whole story']/@href")
    tree = html.fromstring(site.get(way).text)
    assert tree.xpath("//p[@class='kicker']/text()") == ["One story, 2 articles"]
    links = tree.xpath("//ol[@class='hits']//h2/a/@href")
    assert sorted(links) == sorted([f"/article/{PANEN}", f"/article/{id_of('salinan', 'kabar')}"])
    assert len(tree.xpath("//ol[@class='hits']/li[1]//span[@class='flag']")) == 1
    assert "% of the shorter text is in both" in tree.text_content()
    assert tree.xpath("//li[2]//details//ins | //li[2]//details//del")


def test_a_question_leads_to_stories_and_articles(site: Site) -> None:
    tree = html.fromstring(site.get("/archive/story_members").text)
    assert set(tree.xpath("//td/a[starts-with(@href, '/story/')]/@href")) == {"/story/1"}
    assert f"/article/{PANEN}" in tree.xpath("//td/a/@href")


def test_two_revisions_are_compared_word_by_word(site: Site) -> None:
    tree = html.fromstring(site.get(f"/article/{PANEN}/diff?from=1&to=2").text)
    assert [e.text for e in tree.iter("ins")] == [" lagi", "lima"]
    assert [e.text for e in tree.iter("del")] == ["tiga"]
    assert tree.xpath("//p[@class='diff']/@lang") == ["id", "id"]
    last = html.fromstring(site.get(f"/article/{PANEN}/diff").text)
    assert [e.text for e in last.iter("del")] == ["tiga"]
    back = html.fromstring(site.get(f"/article/{PANEN}/diff?from=2&to=1").text)
    assert [e.text for e in back.iter("ins")] == ["tiga"]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (
            f"/article/{PANEN}/diff?from=1&to=9",
            f"Two revisions of article {PANEN} are compared, as in /diff?from=1&to=2",
        ),
        (f"/article/{PANEN}/diff?to=2", "as in /diff?from=1&to=2; it has revisions 1 to 2."),
        (f"/article/{ONCE}/diff", f"Two revisions of article {ONCE} are compared"),
        (f"/article/{PANEN}/diff?from=<b>&to=2", f"Two revisions of article {PANEN} are compared"),
        ("/article/ffffffffffff/diff?from=1&to=2", "This archive holds no article ffffffffffff."),
        ("/story/999", "There is no story 999."),
        ("/capture/999", "There is no capture 999."),
        ("/article/ffffffffffff.wacz", "This archive holds no article ffffffffffff."),
        (f"/article/{PANEN}.wacz", "cannot be given as a WACZ"),  # this archive has no WARC files
    ],
)
def test_what_there_is_not_is_said_in_a_sentence(site: Site, path: str, sentence: str) -> None:
    answer = site.get(path)
    assert answer.status == 404
    assert sentence in text_of(answer.text)


def test_a_citation_stands_on_the_page_and_can_be_had_in_every_style(site: Site) -> None:
    tree = html.fromstring(site.get(f"/article/{PANEN}@1").text)
    cited = tree.xpath("string(//p[@id='citation'])")
    assert "Rina Andayani" in cited
    assert f" as {PANEN}@1, sha256:" in cited  # an address of this machine alone is no permanent one
    assert tree.xpath("//button[@data-copy='citation']/@hidden")  # a script shows it where copying is allowed
    styles = [site.get(path) for path in tree.xpath("//section[@class='cite']//a/@href")]
    assert [style.headers["content-type"].partition(";")[0] for style in styles] == [
        "application/x-bibtex",
        "application/x-research-info-systems",
        "application/vnd.citationstyles.csl+json",
    ]
    assert all(f"{PANEN}@1" in style.text for style in styles)
    assert json.loads(styles[2].text)
    assert (
        site.get(f"/article/{PANEN}/cite?style=tidak-ada&revision=2").headers["content-type"].startswith("text/plain")
    )


def test_the_page_about_the_archive_is_a_datasheet(site: Site) -> None:
    page = text_of(site.get("/about").text)
    for said in ("Articles64", "Revisions65", "Published between1 January 2025 to 10 July 2025", "Warta", "How to cite",
                 "robots.txt is obeyed", "Schema of the archive", "Head of the hash chain"):  # fmt: skip
        assert said in page, said
    tables = html.fromstring(site.get("/about").text).xpath("//section[last()]//a/@href")
    assert [site.get(path).status for path in tables] == [200] * len(tables)


def test_canned_questions_are_called_by_their_titles(site: Site) -> None:
    tree = html.fromstring(site.get("/archive/changed-headlines").text)
    assert tree.xpath("//h1/text()") == ["Which headlines were changed?"]
    assert tree.findtext(".//title").startswith("Which headlines were changed?")
    indonesian = html.fromstring(site.get("/archive/changed-headlines", Accept_Language="id").text)
    assert indonesian.xpath("//h1/text()") == ["Judul mana yang diubah?"]
    assert json.loads(site.get("/-/metadata.json").text)["databases"]["archive"]["queries"]["authors"]["title"]


def test_a_row_is_a_list_of_its_columns(site: Site) -> None:
    tree = html.fromstring(site.get("/archive/runs/1").text)
    assert tree.xpath("//dl[@class='row']/dt/text()")[:3] == ["id", "outlet", "started_at"]
    assert tree.xpath("//dl[@class='row']/dd[2]/a/@href") == ["/outlet/warta"]
