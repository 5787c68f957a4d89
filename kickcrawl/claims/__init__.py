"""Who and when: titles, authors and times, each a claim that knows where on the page it was read."""
