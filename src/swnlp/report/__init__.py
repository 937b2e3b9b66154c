"""Stage 12, what people look at: the summary on the terminal."""
