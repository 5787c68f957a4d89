"""What a crawl's process says of its settings before it begins."""

from scrapy.settings import Settings

from spiders.process import unknown_settings


def given(**values: str) -> Settings:
    """Return the project's settings with *values* from the command line."""
    settings = Settings()
    settings.setmodule("kickcrawl.settings")
    settings.setdict(values, priority="cmdline")
    return settings


def test_misspelt_setting_is_told_with_the_one_that_was_meant() -> None:
    (said,) = unknown_settings(given(ARCHVE="arsip.db", DOWNLOAD_DELAY="0", LOG_FILE="log", WARC_SIZE="1"))
    assert said.startswith("-s ARCHVE: neither Scrapy nor kickcrawl has such a setting")
    assert said.endswith("; did you mean ARCHIVE?")


def test_setting_of_an_extension_is_told_without_a_guess_and_those_of_files_are_not() -> None:
    settings = given(XYZZY="1")
    settings.set("OF_A_FILE", "1", priority="project")
    assert list(unknown_settings(settings)) == [
        "-s XYZZY: neither Scrapy nor kickcrawl has such a setting, so that it may change nothing"
    ]
