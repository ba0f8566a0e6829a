"""Rulings: what people decided, applied to readings, stories and records when they are read. Nothing kept is rewritten."""
