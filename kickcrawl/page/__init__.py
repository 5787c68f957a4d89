"""What stands on a page: its bytes decoded and parsed, its blocks, its JSON-LD, what kind of page it is."""
