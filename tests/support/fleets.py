"""What a fleet needs in tests: what needs fsspec is skipped with a sentence where `make fleet` was not given."""

from importlib.util import find_spec

import pytest

needs_fsspec = pytest.mark.skipif(find_spec("fsspec") is None, reason="fsspec is not installed; run: make test-fleet")
needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed; run: make test-fleet")
