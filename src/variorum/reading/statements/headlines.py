"""Headlines that quote how somebody stands to a thing: “Government “takes note” of ruling”, “Kenya “deeply concerned”
over closure, urges calm”.

The parser is lost in them: their verb stands between quotation marks, or there is none. Words that tell what somebody
thinks, feels or wishes can only be that somebody's; other verbs in marks cast doubt on a deed (“Police “beat” boy”) and
are nobody's statement.
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.reading.actors.table import person_words
from variorum.reading.statements.found import Found
from variorum.reading.statements.labels import Who
from variorum.reading.statements.lexicon import cue_table
from variorum.reading.statements.quoted import Quoted
from variorum.reading.statements.tree import Tree

_LONGEST_SUBJECT = 7
_BREAKS = frozenset({",", ";", ":", "—", "–", "|", "--"})
_COPULAS = frozenset({"is", "are", "was", "were", "’s", "'s", "remains", "remain", "“", "‘"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "PART", "PUNCT", "PRON"})
_LINKS = frozenset({"of", "for", "and", "&", "-"})


def quoted_stand(tree: Tree, quoted: Sequence[Quoted], who: Who) -> tuple[Found, Quoted, range] | None:
    """What a headline quotes of somebody's stand, with the quotation and the tokens that are thereby told.

    Args:
        tree: the headline.
        quoted: its quotations.
        who: which actor stands at an extent.
    """
    if not tree.heading:
        return None
    for quote in quoted:
        if not _tells_stand(tree, quote):
            continue
        last = quote.first - 1
        while last > 0 and tree.lower[last] in _COPULAS:
            last -= 1
        run = opening_subject(tree, last)
        if run is None or not _somebody(tree, run, who):
            continue
        end = next((i for i in range(quote.last + 1, tree.size) if tree.words[i] in _BREAKS), tree.size) - 1
        extent = tree.extent(quote.first, max(end, quote.last))
        said_by = tree.extent(run[0], run[-1])
        found = Found(tree, quote.first, [extent], "label", quotes=[quote.extent], said_by=said_by)
        return found, quote, range(end + 1)
    return None


def opening_subject(tree: Tree, last: int) -> range | None:
    """The tokens of the noun phrase that opens a headline and ends at a token, or None where it is none."""
    if last < 0 or last >= _LONGEST_SUBJECT or tree.pos[last] not in {"NOUN", "PROPN", "PRON", "ADJ"}:
        return None
    run = range(last + 1)
    plain = all(tree.pos[i] in _NOMINAL or tree.lower[i] in _LINKS for i in run)
    return run if plain and not any(tree.words[i] in _BREAKS for i in run) else None


def subject_before_comma(tree: Tree, cue: int) -> int | None:
    """The head of a headline's subject, for a verb behind a comma that has none of its own ("Kenya “worried” by strike,
    urges calm")."""
    if not tree.heading or tree.tag[cue] not in {"VBZ", "VBD", "VBP"} or cue == 0 or tree.words[cue - 1] != ",":
        return None
    for last in range(min(cue, _LONGEST_SUBJECT) - 1, -1, -1):
        if tree.words[last + 1] in {"“", '"', "‘", "'"} and opening_subject(tree, last) is not None:
            return last
    return None


def _tells_stand(tree: Tree, quote: Quoted) -> bool:
    words, plain = tree.lower[quote.inner_first : quote.inner_last + 1], cue_table().stands
    first = next((n for n, word in enumerate(words) if not word.endswith("ly") and word not in _DEGREES), 0)
    return bool(words) and (words[first] in plain or " ".join(words[first : first + 2]) in plain)


_DEGREES = frozenset({"very", "so", "too", "more", "not", "still", "quite", "most", "be", "is", "are"})


def _somebody(tree: Tree, run: range, who: Who) -> bool:
    last = run[-1]
    nouns = person_words()
    if tree.lemma[last] in nouns["persons"] | nouns["bodies"] or tree.lower[last] in nouns["crowds"] | nouns["bodies"]:
        return True
    return who(tree.extent(run[0], last)) is not None or tree.pos[last] == "PROPN"
