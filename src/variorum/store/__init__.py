"""The store: one schema in SQLite or PostgreSQL. It keeps and finds; it decides nothing."""
