"""The commands, one module a room. ``variorum.cli`` puts them under one name."""
