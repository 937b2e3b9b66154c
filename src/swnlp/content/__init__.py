"""What a result says in words: each file reads the counts it needs, calls a stage of number 10, and gives names."""
