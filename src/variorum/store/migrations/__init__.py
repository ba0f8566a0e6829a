"""The schema, step by step. Each step's name begins with its number; the highest is what this program expects."""
