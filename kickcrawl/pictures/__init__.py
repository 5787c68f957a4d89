"""The pictures of an article: which are its own, their addresses, captions and credits."""
