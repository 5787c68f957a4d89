"""Citations of revisions in four styles, each with the digest by which whoever has the archive can check it."""
