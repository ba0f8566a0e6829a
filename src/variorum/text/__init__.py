"""Leaves: offsets, numbers, dates, quotation marks, names of places and states. They know nothing of the steps."""
