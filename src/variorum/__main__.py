"""``python -m variorum``: the commands."""

from variorum.cli import main

main()
