"""Statements over all reports: variants of one utterance, with their words aligned.

Every wording is compared only with those that share weighty words with it (an inverted index; words that half the
reports use do not count). The fullest wording of a group is its base; shorter ones join it where enough of their
weighty words stand in it in the same order. Two statements of one report are joined only where both are parts of a
longer one that another report quotes, or where the report repeats itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from variorum.collation.actors import Cast
from variorum.collation.alignment import Likeness, Sense, align, kinship, likeness, weighty
from variorum.collation.utterances import Utterance, quoted_words_of, utterances
from variorum.collation.witness import Witness
from variorum.collation.words import concept, concepts, folded, is_light, rarity
from variorum.model import Actor, AlignedWords, Extent, RecordStatement, StatementVariant

CANDIDATES = 12
"""Wordings that one wording is compared with, those first that share most."""


@dataclass(slots=True)
class _Group:
    members: list[Utterance] = field(default_factory=list)
    why: dict[int, str] = field(default_factory=dict)
    likeness: dict[int, float] = field(default_factory=dict)

    @property
    def base(self) -> Utterance:
        return self.members[0]


def collate_statements(witnesses: tuple[Witness, ...], cast: Cast) -> tuple[RecordStatement, ...]:
    """One entry an utterance, with its variants; ``standing`` is left at ``single`` for the step that knows the
    origins."""
    groups = _grouped(utterances(witnesses, cast), cast)
    entries = [_entry(group) for group in groups]
    order = sorted(
        range(len(entries)), key=lambda n: (-len({m.witness.number for m in groups[n].members}), *_place(groups[n]))
    )
    return tuple(replace(entries[n], id=f"statement-{k}") for k, n in enumerate(order, start=1))


def _grouped(all_of: list[Utterance], cast: Cast) -> list[_Group]:
    """Groups of variants. The fullest wordings come first, so that each later one finds its base."""
    order = sorted(all_of, key=lambda u: (-len(u.weighty), not u.quoted, u.witness.number, u.start))
    common = _common_words(order)
    postings: dict[str, list[int]] = defaultdict(list)
    group_of: list[_Group] = []
    groups: list[_Group] = []
    for number, one in enumerate(order):
        group = _best_group(one, order, group_of, postings, common, cast)
        if group is None:
            group = _Group()
            groups.append(group)
        _settle_office(one, group)
        group.members.append(one)
        group_of.append(group)
        for word in set(one.weighty) - common:
            postings[word].append(number)
    return groups


def _settle_office(one: Utterance, group: _Group) -> None:
    """An office alone ("the President") is the holder whom another report names for the same words."""
    if not group.members or one.speaker == group.base.speaker:
        return
    if one.office:
        one.speaker = group.base.speaker
    elif group.base.office:
        group.base.speaker = one.speaker


def _common_words(order: Sequence[Utterance]) -> set[str]:
    """Words that stand in so many statements that sharing them says nothing."""
    counts = Counter(word for one in order for word in set(one.weighty))
    reports = len({one.witness.number for one in order})
    limit = max(20, 3 * reports, len(order) // 10)
    return {word for word, n in counts.items() if n > limit}


def _best_group(
    one: Utterance,
    order: Sequence[Utterance],
    group_of: Sequence[_Group],
    postings: dict[str, list[int]],
    common: set[str],
    cast: Cast,
) -> _Group | None:
    shared = Counter(number for word in set(one.weighty) - common for number in postings.get(word, ()))
    candidates = sorted(shared, key=lambda number: (-shared[number], number))[: 4 * CANDIDATES]
    seen: list[_Group] = []
    best: tuple[float, _Group, str] | None = None
    for number in candidates:
        group = group_of[number]
        if any(group is other for other in seen):
            continue
        seen.append(group)
        if len(seen) > CANDIDATES:
            break
        found = _match(one, group, cast)
        if found and (best is None or found[0] > best[0]):
            best = (found[0], group, found[1])
    if best is None:
        return None
    best[1].why[id(one)] = best[2]
    best[1].likeness[id(one)] = min(1.0, best[0])
    return best[1]


def _match(one: Utterance, group: _Group, cast: Cast) -> tuple[float, str] | None:
    """Whether a wording belongs to a group: its likeness to the base and the reason, or None."""
    base = group.base
    alike = likeness(base.weighty, one.weighty, base.plain, one.plain)
    reason = same_utterance(base, one, alike)
    if reason is None:
        return _match_apart(one, group, cast)
    own = [member for member in group.members if member.witness is one.witness]
    if own and not (base.witness is one.witness and alike.in_order >= 0.9 and alike.literal >= 0.9):
        taken = set().union(*(_places(base, member) for member in own))
        places = _places(base, one)
        part = base.witness is not one.witness and alike.in_order >= 0.75 and len(places & taken) <= len(places) / 5
        repeat = alike.literal >= 0.9 and any(member.plain == one.plain for member in own)
        if not (part or repeat):
            return None
    return alike.in_order, reason


def _match_apart(one: Utterance, group: _Group, cast: Cast) -> tuple[float, str] | None:
    """Whether a wording says in other words what a group's base says: told, noted down or translated apart.

    Only words of one speaker in different reports are compared so, and a report has one such wording of an utterance.
    """
    base = group.base
    if any(member.witness is one.witness for member in group.members):
        return None
    if _speaks_for(base, one, cast) and _same_quoted(base, one):
        return (
            APART,
            "the same words in quotation marks, of a person here and of the state or body that he speaks for there",
        )
    if not _may_be_one(base, one, cast):
        return None
    if _one_mould(base, one):
        return APART, "the same sentence but for a word or two, of one speaker"
    share = said_apart(base, one)
    if not share:
        return None
    who = "the same speaker" if base.speaker == one.speaker else "speakers who may be one"
    what = f"{round(100 * share)} % of what the shorter one's words weigh"
    return APART * share, f"{who}; {what} stands in the other, in the same or like words"


def _may_be_one(a: Utterance, b: Utterance, cast: Cast) -> bool:
    """Whether two reports may mean one speaker: the same entry, two holders of an office that one report names alone,
    or a nameless one of a body that the other names ("observers from the OAS", "the OAS")."""
    if a.speaker is None or b.speaker is None:
        return False
    if a.speaker == b.speaker:
        return True
    first, second = cast[a.speaker], cast[b.speaker]
    if names_alike(first, second) or _family_name_alone(first, second):
        return True
    if a.office or b.office:
        roles = concepts(first.role or ""), concepts(second.role or "")
        return bool(roles[0] & roles[1])
    for nameless, other, named in ((a, b, second), (b, a, first)):
        source = nameless.statement.source
        if not cast[nameless.speaker or ""].named and named.named and source is not None:
            return other.speaker in cast.all_at(nameless.witness, source)
    return False


def _family_name_alone(a: Actor, b: Actor) -> bool:
    """Whether one person is known by a family name alone and the other by a full name that ends in it: the same words in
    both mouths make them one."""
    if a.kind != "person" or b.kind != "person" or not (a.named and b.named):
        return False
    short, full = sorted((folded(a.name), folded(b.name)), key=len)
    return (
        len(short) == 1 < len(full)
        and short[-1] == full[-1]
        and not (a.country and b.country and a.country != b.country)
    )


ALIKE_SURNAME, ALIKE_GIVEN = 70, 60
"""How alike, of 100, two family names and two given names must be for two persons to be one who is spelt in two ways."""


def names_alike(a: Actor, b: Actor) -> bool:
    """Whether two persons' names are so alike that the same words in both mouths make them one person's."""
    if a.kind != "person" or b.kind != "person" or not (a.named and b.named):
        return False
    first, second = folded(a.name), folded(b.name)
    if min(len(first), len(second)) < 2 or (a.country and b.country and a.country != b.country):
        return False
    same_initials = first[0][:1] == second[0][:1] and first[-1][:1] == second[-1][:1]
    given, family = fuzz.ratio(first[0], second[0]), fuzz.ratio(first[-1], second[-1])
    return same_initials and family >= ALIKE_SURNAME and given >= ALIKE_GIVEN


def _speaks_for(a: Utterance, b: Utterance, cast: Cast) -> bool:
    """Whether one speaker is a named person and the other the government of his country."""
    if a.speaker is None or b.speaker is None:
        return False
    first, second = cast[a.speaker], cast[b.speaker]
    return any(
        person.kind == "person"
        and person.named
        and state.kind in ("government", "place")
        and state.named
        and state.country is not None
        and person.country == state.country
        for person, state in ((first, second), (second, first))
    )


def _same_quoted(a: Utterance, b: Utterance) -> bool:
    """Whether what stands in quotation marks is the same in both but for light words, and too particular for chance."""
    if not (a.quoted and b.quoted):
        return False
    said = [quoted_words_of(u.witness, u.content) for u in (a, b)]
    same = weighty(said[0]) == weighty(said[1])
    told = {concept(word.text): rarity(word.text) for word in said[0] if not is_light(word.text)}
    return same and len(told) >= 2 and sum(told.values()) >= PARTICULAR


def _one_mould(a: Utterance, b: Utterance) -> bool:
    """Whether two quotations are one sentence in which a translator has put other words ("history will judge those who
    judged me", "history will condemn those who condemned me")."""
    if not (a.statement.kind == b.statement.kind == "direct"):
        return False
    shorter, longer = sorted((len(a.plain), len(b.plain)))
    same = LCSseq.similarity(a.plain, b.plain)
    shares_sense = bool(
        {concept(w) for w in a.plain if not is_light(w)} & {concept(w) for w in b.plain if not is_light(w)}
    )
    return shares_sense and same >= FEWEST_OF_MOULD and same >= MOULD * shorter and same >= MOULD_OF_LONGER * longer


FEWEST_OF_MOULD = 5
"""Words, light ones too, that two quotations must share in the same order to be one sentence."""
MOULD = 0.7
"""Share of the shorter one's words."""
MOULD_OF_LONGER = 0.55
"""The same, of the longer one's."""

PARTICULAR = 8.0
"""Rarity of words, added up, from which two texts do not have them by chance."""

APART = 0.5
"""What a match in like words is worth beside one in the same words: it never wins over one."""


def said_apart(a: Utterance, b: Utterance) -> float:
    """The share of the shorter of two wordings that the other gives in the same or like words, where that is enough to
    hold them for one utterance; else 0. Either may be one sentence of what its report gives."""
    both = a.quotes and b.quotes
    return max((_said_apart(one, two, quoted=both) for one in a.parts for two in b.parts), default=0.0)


def _said_apart(a: Sequence[Sense], b: Sequence[Sense], *, quoted: bool) -> float:
    few = min(len(a), len(b))
    if few < 2:
        return 0.0
    kin = kinship(a, b)
    least = 0.95 if few == 2 else LEAST_QUOTED if quoted else LEAST_RETOLD
    of_longer = LEAST_OF_LONGER if quoted else LEAST_RETOLD_OF_LONGER
    both = kin.exact + kin.near
    common = (kin.exact >= 2 or (kin.exact and both >= FEWEST_LIKE)) if quoted else (kin.exact >= 2 and both >= 4)
    return min(1.0, kin.share) if common and kin.share >= least and kin.of_longer >= of_longer else 0.0


FEWEST_LIKE = 4
"""Same or like words that two quotations must share where only one of them is the same."""


LEAST_OF_LONGER = 0.3
"""Share of the longer sentence's weight that the shorter one must take up."""
LEAST_RETOLD_OF_LONGER = 0.45
"""The same where one of them is not quoted."""
LEAST_QUOTED = 0.45
"""Share of a quotation's weight that must stand in another one of the same speaker."""
LEAST_RETOLD = 0.7
"""The same where one of them is not quoted: what is retold is shorter, and shares its topic with much else."""


def same_utterance(a: Utterance, b: Utterance, alike: Likeness) -> str | None:
    """Why two wordings are held to be of one utterance, or None where they are not."""
    short = min(len(a.weighty), len(b.weighty))
    share = f"{round(100 * alike.in_order)} % of the shorter one's weighty words stand in the other in the same order"
    both_quoted = a.quoted and b.quoted
    same = a.speaker is not None and a.speaker == b.speaker
    unknown = a.speaker is None or b.speaker is None
    if same or unknown:
        who = "the same speaker" if same else "the speaker is known in one of them only"
        if short <= 2:
            whole = alike.literal == 1.0 and (short == 2 or min(len(a.plain), len(b.plain)) >= 3)
            return f"{who}; the shorter one stands whole in the other" if whole and both_quoted else None
        least = (0.55 if both_quoted else 0.6) + (0.1 if unknown else 0.0)
        if alike.in_order >= least and alike.count >= 3:
            return f"{who}; {share}"
        if not both_quoted and alike.common >= 0.7 and short >= 4:
            return f"{who}; {round(100 * alike.common)} % of the shorter one's weighty words stand in the other"
        return None
    particular = alike.count >= 5 and alike.literal >= 0.7 and (a.quoted or b.quoted)
    whole = both_quoted and alike.literal == 1.0 and alike.count >= 3 and min(len(a.plain), len(b.plain)) >= SHORT_WHOLE
    if alike.in_order >= 0.8 and (particular or whole):
        return f"different speakers are named; {share}"
    return None


SHORT_WHOLE = 5
"""Words of a quotation from which the very same words in another mouth are the same utterance."""


def _places(base: Utterance, one: Utterance) -> set[int]:
    """Which weighty words of the base a wording takes up."""
    places: set[int] = set()
    for step in LCSseq.opcodes(base.weighty, one.weighty):
        if step.tag == "equal":
            places.update(range(step.src_start, step.src_end))
    return places


def _place(group: _Group) -> tuple[int, int]:
    first = min(group.members, key=lambda m: (m.witness.number, m.start))
    return first.witness.number, first.start


def _entry(group: _Group) -> RecordStatement:
    base = max(group.members, key=lambda m: (len(m.weighty), m.quoted, -m.witness.number, -m.start))
    rest = sorted((m for m in group.members if m is not base), key=lambda m: (m.witness.number, m.start))
    variants = [_variant(base)]
    for part in _parts(rest, base):
        words = [word for member in part for word in member.words]
        content = tuple(extent for member in part for extent in member.content)
        alike = likeness(base.weighty, weighty(words), base.plain, [word.text for word in words])
        lead = part[0]
        variants.append(
            _variant(
                lead,
                content=content,
                alignment=align(base.words, words),
                similarity=round(alike.in_order, 3),
                why=group.why.get(id(lead)) or group.why.get(id(base)),
            )
        )
    return RecordStatement(
        id="",
        speaker=_agreed([(m.witness.origin, m.speaker) for m in group.members]),
        addressee=_agreed([(m.witness.origin, m.addressee) for m in group.members]),
        standing="single",
        variants=tuple(variants),
        co_speakers=_others(group),
    )


def _others(group: _Group) -> tuple[str, ...]:
    """The entries that reports list beside the speaker, each once."""
    speakers = {m.speaker for m in group.members}
    return tuple(dict.fromkeys(o for m in group.members for o in m.others if o not in speakers))


def _parts(rest: list[Utterance], base: Utterance) -> list[list[Utterance]]:
    """Statements of one report that are parts of the same longer one are one variant; repeats stay apart."""
    parts: list[list[Utterance]] = []
    for one in rest:
        mate = next((p for p in parts if p[0].witness is one.witness and p[0].speaker == one.speaker), None)
        taken: set[int] = set().union(*(_places(base, member) for member in mate)) if mate else set()
        places = _places(base, one)
        if mate and len(places & taken) <= len(places) / 5:
            mate.append(one)
        else:
            parts.append([one])
    return parts


def _agreed(given: list[tuple[int, str | None]]) -> str | None:
    """The entry that most origins give; of equals the first given."""
    origins: dict[str, set[int]] = defaultdict(set)
    for origin, entry in given:
        if entry:
            origins[entry].add(origin)
    order = list(origins)
    return min(order, key=lambda entry: (-len(origins[entry]), order.index(entry))) if order else None


def _variant(
    one: Utterance,
    *,
    content: tuple[Extent, ...] | None = None,
    alignment: tuple[AlignedWords, ...] = (),
    similarity: float | None = None,
    why: str | None = None,
) -> StatementVariant:
    statement = one.statement
    return StatementVariant(
        report=one.witness.id,
        kind=statement.kind,
        content=content or one.content,
        source=statement.source,
        cue=statement.cue,
        addressee=statement.addressee,
        speaker=one.speaker,
        date=statement.date,
        place=statement.place,
        alignment=alignment,
        similarity=similarity,
        why=why,
    )
