"""The command, with a report in its input that holds up whoever reads it, so that it can be interrupted there and then."""

from __future__ import annotations

import signal
from typing import Any

from tests.dataset.deadly import Deadly
from variorum import engine as engines
from variorum.cli import main


def run() -> None:
    """``variorum``, whose engines are deadly."""
    named = engines.engine_named

    def deadly(*given: Any, **options: Any) -> Deadly:
        return Deadly(named(*given, **options), hurry=False)

    # Where tests run in the background of a shell, Ctrl-C is ignored, and so it would be here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    engines.engine_named = deadly  # type: ignore[assignment]
    main()


if __name__ == "__main__":
    run()
