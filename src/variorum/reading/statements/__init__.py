"""Who said what: source, cue and content of everything that a report attributes to somebody (PolNeAR's scheme).

    paragraph ──▶ quotations ──▶ utterances ──┐
        └──────▶ parse ──▶ candidates ──▶ cue table ──▶ outermost ──▶ statements ──▶ speakers

E. Newell, D. Margolin, D. Ruths: An attribution relations corpus for political news (LREC 2018).
"""

from __future__ import annotations

from variorum.model import ReportedActor, Statement
from variorum.reading.parsed import Parsed
from variorum.reading.statements.found import Found
from variorum.reading.statements.search import search
from variorum.reading.statements.settle import settle
from variorum.reading.statements.unnamed import with_speakers
from variorum.text.actor_index import ActorIndex

__all__ = ["find_statements", "with_speakers"]


def find_statements(parsed: Parsed, actors: tuple[ReportedActor, ...]) -> tuple[Statement, ...]:
    """All statements of a report, in the order of the text.

    Args:
        parsed: the report with its parse; only the paragraphs that tell the story are looked at.
        actors: the report's actors, to which sources are resolved.
    """
    index = ActorIndex(actors)
    found: list[Found] = search(parsed.article, index.at)
    return settle(parsed, found, index)
