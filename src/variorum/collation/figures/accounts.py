"""Accounts of figures: each report's number for a quantity, whose it is, of when, and of which other year it may be."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from variorum.collation.alignment import Kinship, Sense, kinship, weight_in_common
from variorum.collation.contexts import near_words
from variorum.collation.quantities import Quantity, compatible, counts_something, number_stands, quantity_of
from variorum.collation.witness import Witness
from variorum.collation.words import Word, fold, folded, words_of
from variorum.model import Extent, Figure
from variorum.text.dates import find_dates
from variorum.text.tables import load_toml


@dataclass(slots=True)
class Account:
    """One report's number for a quantity, as the comparison sees it."""

    witness: Witness
    figure: Figure
    quantity: Quantity
    estimate: bool = False
    """Whether its report gives it beside another voucher's number of the same, as a rival to that."""
    recalled: bool | None = None
    """Whether it is of another year's event; looked up when it is first asked."""
    _near: tuple[Sense, ...] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def near(self) -> tuple[Sense, ...]:
        """The words beside the number without what it counts; looked for when they are first asked for."""
        if self._near is None:
            figure = self.figure
            words = near_words(self.witness, figure.extent, left_out=folded(figure.unit or ""))
            self._near = tuple(sense for sense, _ in words)
        return self._near

    @property
    def day(self) -> str | None:
        """As of when: what the report says, or its own day."""
        return self.figure.as_of or self.witness.day

    @property
    def order(self) -> tuple[str, int, int]:
        """Place in the ledger: by day, report, text."""
        return self.day or "9999", self.witness.number, self.figure.start


def kin_beside(a: Account, b: Account) -> tuple[Kinship, float]:
    """How alike the words beside two numbers are, and the weight that they have in common."""
    kin = kinship(a.near, b.near)
    return kin, weight_in_common(kin, a.near, b.near)


ESTIMATE_REACH = 120
"""Characters after a number within which another voucher's bare number is one of the same ("… police said. Organisers
put it at 10,000")."""


RIVAL_REACH = 200
"""Characters after a toll within which another voucher's number of the same is looked for."""


_THE_COUNT = re.compile(
    r"\b(?:puts?|putting|gave|gives?|giving|set|sets|estimates?|estimated)\s+"
    r"(?:(?:the|that|its|their)\s+(?:\w+\s+){0,2}?(?:tolls?|number|count|figure|dead|deaths)|it)\s+"
    r"(?:of\s+[\w\s-]{3,40}?\s+)?(?:at|as|of)\s+"
    r"(?:\w+\s+){0,2}$"
)


COUNT_REACH = 80
"""Characters before a number within which the verb stands that puts the count at it."""

_YEAR = re.compile(r"\b(?:[Ii]n|[Ss]ince(?=[^,.;]{0,20}, when))\s+(?:[A-Z][a-z]+\s+)?((?:19|20)\d\d)\b")
_WORST_SINCE = re.compile(r"\bsince\s+(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d, when\b")


_ASIDE = re.compile(r",\s(?:which|who|whose|where)\b[^,]*,")
"""What a sentence tells of somebody beside what it is about ("the firm, which was founded in 1998, has …")."""


def accounts_of(witnesses: tuple[Witness, ...]) -> list[Account]:
    """What the reports count, report by report in the order of their texts, without what is no quantity to compare."""
    found: list[Account] = []
    for witness in witnesses:
        seen: set[Extent] = set()
        for given in sorted(witness.reading.figures, key=lambda f: (f.start, f.end)):
            figure = _with_full_name(witness, with_own(witness, with_rate(witness, _vouched(witness, given))))
            if figure.extent in seen or figure.end <= figure.start or not witness.in_article(figure.extent):
                continue
            before = found[-1] if found and found[-1].witness is witness else None
            rival = before.quantity if before is not None and _other_estimate(before, figure) else None
            counted = rival is not None or counts_something(witness, figure)
            if counted and number_stands(figure.value, figure.low, figure.high, witness.words(figure.extent)):
                seen.add(figure.extent)
                own = quantity_of(witness, figure)
                taken = rival if rival is not None and own.concept is None else own
                found.append(Account(witness, figure, taken, estimate=_rival_toll(before, figure, own)))
    return _with_sole_places(_with_wholes(found))


def _with_wholes(accounts: list[Account]) -> list[Account]:
    """Takes a class of people for all of those counted where other reports count people and none counts both ("14 civilians
    were killed", "34 people were killed"; "3,000 farmers protested", "a crowd of 1,800")."""
    counted: dict[tuple[str | None, str], set[int]] = defaultdict(set)
    for account in accounts:
        counted[account.quantity.concept, account.quantity.population].add(account.witness.number)
    made = []
    for account in accounts:
        quantity = account.quantity
        own, whole = (counted.get((quantity.concept, who), set()) for who in (quantity.population, "people"))
        alone = bool(whole) and not own & whole
        if (
            (quantity.moves or quantity.concept == CROWD)
            and alone
            and quantity.population in _wholes()
            and account.figure.part_of is None
        ):
            account = replace(account, quantity=replace(quantity, population="people"))
        made.append(account)
    return made


CROWD = "protesters"
"""The concept of those who gather, of whom reports give all or the class that they are taken to be."""


@cache
def _wholes() -> frozenset[str]:
    return frozenset(map(fold, load_toml("en/figure_concepts.toml")["population"]["whole_too"]))


def _with_sole_places(accounts: list[Account]) -> list[Account]:
    """Marks the accounts whose report counts the same in one place only, or gives one number for it wherever."""
    places: dict[tuple[int, str | None], set[frozenset[str]]] = defaultdict(set)
    values: dict[tuple[int, str | None], set[float | None]] = defaultdict(set)
    for account in accounts:
        if account.quantity.place and not of_another_year(account):
            key = account.witness.number, account.quantity.concept
            places[key].add(account.quantity.place)
            values[key].add(account.figure.value)
    sole = {key for key in places if len(places[key]) == 1 or len(values[key]) == 1}
    return [
        replace(account, quantity=replace(account.quantity, sole=True))
        if account.quantity.concept and (account.witness.number, account.quantity.concept) in sole
        else account
        for account in accounts
    ]


_SAYS = re.compile(
    r"\s(?:(?:has|have|had)\s)?(?:said|says?|claim(?:s|ed)?|report(?:s|ed)?|estimat(?:e|es|ed)|counted|puts?|alleg(?:e|es|ed)"
    r"|believed?|believes)\b"
)
"""A verb right behind a voucher by which he counts himself, whoever is quoted around it."""


def _vouched(witness: Witness, figure: Figure) -> Figure:
    """A figure with the speaker of the statement that it stands in, where nobody or a doer in that statement's own words
    ("the firm will invest 5 million, she said") is taken to vouch for it."""
    given = figure.vouched_by
    around = [
        s
        for s in witness.reading.statements
        if s.act in ("said", "vouched") and s.source is not None and any(e.covers(figure.extent) for e in s.content)
    ]
    if not around or (given is not None and any(s.source == given for s in witness.reading.statements)):
        return figure
    statement = min(around, key=lambda s: (sum(e.end - e.start for e in s.content), s.content[0].start))
    inside = given is not None and any(piece.covers(given) for piece in statement.content)
    if given is not None and (not inside or _SAYS.match(witness.text, given.end)):
        return figure  # "… a blast that the rebels said had killed 45, mediators said": the rebels count
    source = _named(witness, statement.source) if statement.source else None
    return replace(figure, vouched_by=source, voucher=statement.speaker)


_RATE = re.compile(
    r"\b(?:(?P<year>annually|yearly|per annum|(?:a|per|each|every) year)|(?P<month>monthly|(?:a|per|each|every) month)"
    r"|(?P<week>weekly|(?:a|per|each|every) week)|(?P<day>daily|(?:a|per|each|every) day))\b",
    re.IGNORECASE,
)
RATE_REACH = 60
"""Characters after a sum or measure, within its clause, where a word says per which span of time it is told."""
_ENDS_CLAUSE = re.compile(r"[,;:.()—–]|\b(?:and|but|while)\b|\d")


def with_rate(witness: Witness, figure: Figure) -> Figure:
    """A sum or measure with the span of time that its clause tells it per ("40 million tonnes are shipped annually")."""
    if figure.kind not in ("amount", "measure") or not figure.unit or " per " in figure.unit:
        return figure
    sentence = witness.sentence(figure.start)
    rest = witness.text[figure.end : min(sentence.end, figure.end + RATE_REACH)]
    found = _RATE.search(_ENDS_CLAUSE.split(rest, maxsplit=1)[0])
    return replace(figure, unit=f"{figure.unit} per {found.lastgroup}") if found else figure


_OF_OWN = re.compile(
    r"\s+of\s+(?:its|their|his|her)\s+(?:own\s+)?(?:[a-z-]+\s+)?(?P<noun>[a-z]+s|[a-z]*(?:men|women)|people|staff|police)\b"
)


def with_own(witness: Witness, figure: Figure) -> Figure:
    """A number with the noun of those to whom it belongs as its unit ("five *of its soldiers* were killed")."""
    part = _OF_OWN.match(witness.text, figure.end) if _is_bare(figure) else None
    return replace(figure, unit=part["noun"], kind="count") if part else figure


def _is_bare(figure: Figure) -> bool:
    """Whether a number counts with no noun of its own, or with one that only says that they are people."""
    return figure.kind in ("count", "number") and figure.unit in (None, "people")


def words_of_figure(account: Account) -> Extent:
    """A figure's words with those that say of whose own it is ("five of its soldiers")."""
    figure = account.figure
    part = _OF_OWN.match(account.witness.text, figure.end)
    return Extent(figure.start, part.end()) if part and part["noun"] == figure.unit else figure.extent


_AFTER_NAME = re.compile(r",\s(?:[a-z]+\s+)?(?:which|who|whom|whose|where)\b")


def _named(witness: Witness, source: Extent) -> Extent:
    """The words for who speaks without a clause that says something of him or of what was said."""
    more = _AFTER_NAME.search(witness.text, source.start, source.end)
    return Extent(source.start, more.start()) if more and more.start() > source.start else source


def _with_full_name(witness: Witness, figure: Figure) -> Figure:
    """A figure whose voucher is named by an abbreviation in brackets, with the name before it ("the Institute of Civil
    Defence (Indeci)")."""
    source = figure.vouched_by
    if source is None or witness.text[max(0, source.start - 1) : source.start] != "(":
        return figure
    before = [m for m, _ in witness.index.within(Extent(max(0, source.start - 3), source.start)) if m.form == "name"]
    if not before or before[-1].end >= source.start:
        return figure
    return replace(figure, vouched_by=Extent(before[-1].start, source.end))


def _other_estimate(before: Account, figure: Figure) -> bool:
    """Whether a bare number is another voucher's number of what was counted just before."""
    witness, given = before.witness, figure.vouched_by
    if figure.kind != "number" or figure.unit or given is None or before.quantity.concept is None:
        return False
    near = 0 <= figure.start - before.figure.end <= ESTIMATE_REACH
    own = set(folded(figure.what or "")) <= set(folded(witness.words(given)))
    other = before.figure.vouched_by is None or before.figure.vouched_by != given
    return near and own and other and witness.block_at(figure.start) is witness.block_at(before.figure.start)


def _rival_toll(before: Account | None, figure: Figure, own: Quantity) -> bool:
    """Whether a bare number is what another voucher says that the toll told just before is ("the ministry puts it at
    40")."""
    if (
        before is None
        or figure.kind != "number"
        or figure.place
        or not (figure.vouched_by and before.figure.vouched_by)
    ):
        return False
    near = 0 <= figure.start - before.figure.end <= RIVAL_REACH
    other = before.witness.words(before.figure.vouched_by) != before.witness.words(figure.vouched_by)
    return (
        near
        and other
        and own.concept is not None
        and own.moves
        and _THE_COUNT.search(before.witness.text, max(before.figure.end, figure.start - COUNT_REACH), figure.start)
        is not None
    )


_LAST_YEAR = re.compile(r"\b(?:[Ll]ast year(?! to| by)|(?:a|two|three) years? (?:ago|earlier|before))\b")
"""Words by which a toll is an earlier event's; a sum or a count of trade is told of last year in this year's news."""


BEFORE = 31
"""Days before a report from which what a sentence tells is an earlier thing, recalled."""


_MONTH = re.compile(
    r"\b(?:January|February|April|June|July|August|September|October|November|December|[Ll]ast (?:year|month)|"
    r"[Ii]n (?:March|May))\b"
)
_WEEKDAY = re.compile(r"\b(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day\b")


def recalls(account: Account) -> bool:
    """Whether a number's sentence tells what was long before."""
    witness = account.witness
    told = witness.words(witness.sentence(account.figure.start))
    try:
        anchor = date.fromisoformat(witness.day or "")
    except ValueError:
        # Of a report of no known day "in February" is not of this week, unless a weekday stands beside it.
        return _MONTH.search(told) is not None and _WEEKDAY.search(told) is None
    dates = find_dates(told, anchor)
    return bool(dates) and all((anchor - found.when.last).days > BEFORE for found in dates)


_EARLIER = re.compile(
    r"\b(?:[Ll]ast month|[Ee]arlier this (?:month|year)|(?:weeks|months|decades) (?:ago|earlier)"
    r"|(?:[Tt]he|[Aa]n?) (?:earlier|previous) (?!toll|count|death|figure|number|estimate|report|statement|tally))\b"
)
"""Words by which a toll is an earlier event's of the same year."""
_IN_MONTH = re.compile(rf"\b[Ii]n ({'|'.join(calendar.month_name[1:])})\b(?! \d)")


def _of_an_earlier_event(account: Account, sentence: str) -> bool:
    """Whether a sentence tells a toll as that of an event long before what its report is about. Of a report of no known day
    only a month without a day says so: a date may be that of its own event."""
    if _LAST_YEAR.search(sentence) or _EARLIER.search(sentence):
        return True
    if "since" in folded(sentence):
        return False
    day, months = account.witness.day, _IN_MONTH.findall(sentence)
    if day is None:
        return bool(months)
    return recalls(account) or any(month != calendar.month_name[int(day[5:7])] for month in months)


def of_another_year(account: Account) -> bool:
    """Whether a figure's sentence puts it in another year than the report's ("In 2011 a like fire killed 40")."""
    if account.recalled is None:
        whole = account.witness.sentence(account.figure.start)
        at = account.figure.start - whole.start
        asides = [m for m in _ASIDE.finditer(account.witness.words(whole)) if not m.start() <= at < m.end()]
        sentence = account.witness.words(whole)
        for aside in reversed(asides):
            sentence = sentence[: aside.start()] + sentence[aside.end() :]
        years = _YEAR.findall(sentence)
        # What has been counted since a year goes on ("since the war began in April 2021").
        ongoing = bool(years) and "since" in folded(sentence) and not _WORST_SINCE.search(sentence)
        earlier = account.quantity.moves and _of_an_earlier_event(account, sentence)
        account.recalled = earlier or (not ongoing and any(year != (account.witness.day or "")[:4] for year in years))
    return account.recalled


def counts_others(account: Account) -> bool:
    """Whether a figure counts some beside those counted before ("three other people")."""
    words = folded(f"{account.figure.what or ''} {account.witness.words(account.figure.extent)}")
    before = folded(account.witness.text[max(0, account.figure.start - 12) : account.figure.start])[-1:]
    return bool({"other", "others", "another", "additional"} & {*words, *before})


def revises(earlier: Account, later: Account) -> bool:
    """Whether a later account is a revision of an earlier one: another number, of a later day or moment."""
    if compatible(earlier.figure, later.figure) and earlier.figure.value == later.figure.value:
        return False
    return later_than(later, earlier) and earlier.figure.value != later.figure.value


def later_than(a: Account, b: Account) -> bool:
    """Whether an account is known to be of a later day than another."""
    return a.day is not None and b.day is not None and a.day > b.day


def updating(account: Account) -> Extent | None:
    """The words by which a report says that its number replaces an earlier one ("risen to" in "has risen to 34")."""
    start = max(account.witness.sentence(account.figure.start).start, account.figure.start - 40)
    words = words_of(account.witness.text, (Extent(start, max(start, account.figure.end)),))
    found = [
        Extent(verb.extent.start, to.extent.end)
        for n, verb in enumerate(words)
        # "Up to 40" is a bound, "up to 40 from 30" would be told with a verb.
        if verb.text in _updates() and not (verb.text == "up" and account.figure.bound == "up to")
        if (to := _to_after(words[n + 1 : n + 1 + FURTHEST_TO])) is not None
    ]
    return found[-1] if found else None


FURTHEST_TO = 5
"""Words after a verb within which "to" stands that leads to the new number."""
_COUNTS = frozenset({"the", "its", "their", "death", "official", "toll", "tolls", "number", "count", "tally", "figure"})
"""Words for the count that is raised or lowered ("raised *the death toll* to 40")."""


def _to_after(words: list[Word]) -> Word | None:
    """The "to" behind a verb that gives a number as new, with nothing but the count between."""
    for word in words:
        if word.text == "to":
            return word
        if word.text not in _COUNTS:
            return None
    return None


@cache
def _updates() -> frozenset[str]:
    verbs = load_toml("en/figure_concepts.toml")["update"]["verbs"]
    return frozenset(map(fold, verbs))
