"""Stage 3, characters to name spans: one family of candidates per file, then decide.py; find.py runs them."""
