"""Anything that a server may send: every reader gives a sane answer or refuses it by name (see tests/fuzz)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=120)
@given(data=st.data())
def test_any_bytes_are_answered_or_refused_by_name(name: str, data: st.DataObject) -> None:
    target = TARGETS[name]
    pieces = st.lists(st.sampled_from(target.pieces.split(" ")) | st.text(max_size=4), max_size=30).map("".join)
    made = pieces.map(lambda text: text.encode("utf-8", errors="surrogatepass"))
    target.check(data.draw(made | st.binary(max_size=200)))
