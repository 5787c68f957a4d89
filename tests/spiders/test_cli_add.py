"""Where `kickcrawl add` writes the file of an outlet."""

from pathlib import Path

import pytest

from kickcrawl.outlet import BUNDLED, Outlet
from spiders.cli_add import _folder


@pytest.mark.parametrize(
    ("region", "out", "own", "folder"),
    [
        pytest.param("ID-NB", None, None, BUNDLED / "id-nb", id="its region's"),
        pytest.param(None, None, None, BUNDLED / "elsewhere", id="no region that we know"),
        pytest.param(None, None, "sendiri", Path("sendiri"), id="the operator's own"),
        pytest.param("ID-NB", Path("sini"), "sendiri", Path("sini"), id="the one that was asked for"),
    ],
)
def test_file_has_a_folder_whatever_the_region(
    monkeypatch: pytest.MonkeyPatch, region: str | None, out: Path | None, own: str | None, folder: Path
) -> None:
    monkeypatch.delenv("KICKCRAWL_OUTLETS", raising=False)
    if own:
        monkeypatch.setenv("KICKCRAWL_OUTLETS", own)
    assert _folder(out, Outlet(slug="uji", name="Uji", home="https://warta.example", region=region)) == folder
