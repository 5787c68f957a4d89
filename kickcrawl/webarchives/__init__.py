"""What indexes of web archives say of an outlet's pages: how each is asked, and how its answers are read. Pure."""
