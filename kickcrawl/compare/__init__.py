"""Two texts held against each other: near-duplicates, differences, and what an edit changed."""
