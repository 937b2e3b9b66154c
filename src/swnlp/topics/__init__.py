"""Stage 10, topics: term counts to topics (NMF, LDA), their coherence and stability, and how many there are."""
