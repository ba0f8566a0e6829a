"""A process that adds generated reports to a library and acknowledges each on standard output; it is there to be killed."""

from __future__ import annotations

import sys

from tests.library.conftest import as_they_are, generated
from variorum.library import Library

if __name__ == "__main__":
    where, count, events = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    reports = generated(count, events=events)
    with Library.open(where, reader=as_they_are) as library:
        print("open", flush=True)
        for addition in library.add(reports):
            print(addition.report, addition.outcome, flush=True)
    print("done", flush=True)
