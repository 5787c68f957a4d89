"""The optional group `analysis`: tests that need it are skipped with a sentence where it is missing."""

from importlib.util import find_spec

import pytest

PACKAGES = ("duckdb", "matplotlib", "pandas", "polars", "pyarrow")
missing = [name for name in PACKAGES if find_spec(name) is None]
needs_analysis = pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}; run: make analysis")
