"""A site without an outlet file: recognised by its front page and seeds, and turned into an Outlet."""
