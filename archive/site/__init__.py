"""The archive in a browser: Datasette, read-only and offline, with pages that read like a newspaper.

app.py puts it together; headers.py keeps the browser safe; pages.py answers for our own pages, filters.py and cells.py
add to Datasette's; the other modules read from the archive and are pure but for that.
"""
