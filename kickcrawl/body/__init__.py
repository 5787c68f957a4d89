"""Which part of a page is the article's body: the container, the layouts learned for it, what is cut from it."""
