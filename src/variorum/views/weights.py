"""What a short view of a long record shows: the entries that most origins stand behind; the rest is counted, not lost."""

from __future__ import annotations

from collections import Counter

from variorum.model import Actor, RecordFigure, RecordStatement
from variorum.views.edition import Edition


def statements_by_weight(edition: Edition, most: int) -> tuple[frozenset[str], list[tuple[str, int]]]:
    """The statements that most origins report, disputed ones first, and who is quoted in those left out, how often.

    Args:
        edition: of the record.
        most: statements that are chosen at most.

    Returns:
        The ids of the chosen, and the names of speakers (empty: not established) with the number of their statements
        left out, in the order of the view.
    """
    said = [statement for _, group in edition.by_speaker() for statement in group]

    def rank(statement: RecordStatement) -> tuple[int, bool, bool, bool]:
        direct = any(variant.kind != "indirect" for variant in statement.variants)
        origins = edition.origins(variant.report for variant in statement.variants)
        return -origins, statement.standing != "differs", statement.speaker not in edition.actors, not direct

    chosen = frozenset(statement.id for statement in sorted(said, key=rank)[:most])
    left = Counter(edition.actor(statement.speaker) for statement in said if statement.id not in chosen)
    return chosen, sorted(left.items(), key=lambda item: not item[0])


def actors_by_weight(edition: Edition, most: int) -> tuple[list[Actor], list[Actor]]:
    """Actors parted in two, persons first in each: at most so many that most reports and most words name, and the rest.

    Args:
        edition: of the record.
        most: actors of the first part at most.
    """
    actors = edition.persons_first()

    def rank(actor: Actor) -> tuple[int, int]:
        return -len({mention.report for mention in actor.mentions}), -len(actor.mentions)

    chosen = {actor.id for actor in sorted(actors, key=rank)[:most]}
    return [a for a in actors if a.id in chosen], [a for a in actors if a.id not in chosen]


def figures_by_weight(edition: Edition, most: int) -> tuple[list[tuple[int, RecordFigure]], int]:
    """The figures that most origins give with their depth, parts with their whole, and how many are left out.

    Args:
        edition: of the record.
        most: figures after which no further whole is begun.
    """
    wholes: list[list[tuple[int, RecordFigure]]] = []
    for depth, figure in edition.figures_in_order():
        if depth:
            wholes[-1].append((depth, figure))
        else:
            wholes.append([(depth, figure)])

    def rank(n: int) -> tuple[int, bool]:
        origins = max(edition.origins(account.report for account in figure.accounts) for _, figure in wholes[n])
        return -origins, all(figure.standing != "differs" for _, figure in wholes[n])

    chosen: set[int] = set()
    count = 0
    for n in sorted(range(len(wholes)), key=rank):
        if count >= most:
            break
        chosen.add(n)
        count += len(wholes[n])
    shown = [pair for n, whole in enumerate(wholes) if n in chosen for pair in whole]
    return shown, len(edition.record.figures) - len(shown)
