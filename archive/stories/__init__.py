"""Stories: clusters of articles that are copies of one text."""
