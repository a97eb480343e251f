"""Letters: their texts, and what became of each."""
