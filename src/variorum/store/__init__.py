"""The store: one schema in SQLite or PostgreSQL. It keeps and finds; it decides nothing.

    with open_store("library.sqlite") as store:          # or "postgresql://…"
        with store.write() as tx:                        # Transaction: all of it or nothing; one writer at a time
            tx.put_report(reading, key=…, day=…, bands=…, story="s1", address=None, digest="…")
            tx.put_story(line, record_json, entries)     # the record as plain JSON; EntryRow for every report's words
        store.search(SearchQuery(words='harbour "cease-fire" -talks'))
        with store.snapshot() as now:                    # Snapshot: several questions, one moment
            now.story_line("s1"), now.record_json("s1")

Every question of ``Snapshot`` can be asked of the store itself and, inside ``write``, of the transaction.

    schema      the tables                    migrations  the schema, step by step
    dialects    what SQLite and PostgreSQL word differently
    opening     Store: connections            upgrading   a library's schema brought up to date
    snapshot    reading; lists: its rows      transaction writing; entering: what search finds
    index       what the full-text index is given; words: how text is cut and folded for it
    asking      a search's words → a question to the index; candidates: the newest that match, counted
    searching   hits, facets, order           finding     where searched words stand in a text
    packing     readings as bytes; columns: strings kept exactly
    faults      what went wrong, in plain words
"""

from variorum.store.entering import Progress
from variorum.store.opening import Store, open_store
from variorum.store.rows import EntryRow, Held, KeyRow
from variorum.store.snapshot import Snapshot
from variorum.store.transaction import Transaction
from variorum.store.upgrading import index_lines

__all__ = ["EntryRow", "Held", "KeyRow", "Progress", "Snapshot", "Store", "Transaction", "index_lines", "open_store"]
