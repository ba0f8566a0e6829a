"""The cue table: which words take contents, in which frames, and how surely. All of it is data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from variorum.model.reading import StatementAct


@dataclass(frozen=True, slots=True)
class CueTable:
    """Shares, from 0 to 1, of a word's occurrences in a frame that attribute a content to somebody."""

    shares: Mapping[tuple[str, str], float]
    """By word and frame, where it was seen often enough to tell."""
    class_shares: Mapping[tuple[str, str], float]
    """By class of words and frame."""
    frame_shares: Mapping[str, float]
    """By frame alone, for words of no class."""
    classes: Mapping[str, str]
    """The class of a word: say, think, want …"""
    lemmas: Mapping[str, str]
    """Corrections of what the lemmatiser makes of some forms ("hoping" → "hop")."""
    quoting: frozenset[str]
    """Words that can introduce a quotation."""
    gestures: frozenset[str]
    """Words of those that tell how somebody looked while speaking, and may stand without any speech."""
    naming: frozenset[str]
    """Verbs by which somebody gives something a name or a description of their own."""
    wordings: frozenset[str]
    """Nouns for words and phrases."""
    acts: Mapping[str, StatementAct]
    """What words of a class do: ``said`` or ``held``."""
    performing: frozenset[tuple[str, str]]
    """Verbs that perform what they name, with the preposition, or "infinitive", that brings what is said."""
    denying: frozenset[str]
    """Verbs by which somebody says that a thing is not so."""
    withheld: frozenset[str]
    """Nouns for what is denied to somebody, not as untrue ("denied bail")."""
    forecasting: frozenset[str]
    """Verbs of thinking that tell a forecast where their content has a number."""
    prompted: frozenset[str]
    """Verbs whose participle gives the occasion of speaking."""
    stands: frozenset[str]
    """Words that open what a headline quotes of how somebody stands to a thing."""
    occasions: frozenset[str]
    """Nouns for what something is said on."""
    addressing: frozenset[str]
    """Verbs whose object is who is spoken to."""
    messages: frozenset[str]
    """Nouns for what carries somebody's words."""
    speech: frozenset[str]
    """Nouns for what somebody says: "her answer was: “No.”"."""
    measuring: frozenset[str]
    """Verbs that give a thing's measure with "at" ("put the toll at 74")."""
    counting: frozenset[str]
    """Verbs whose object is what somebody counted ("confirmed 12 deaths")."""
    papers: frozenset[str]
    """Nouns for what several parties issue or sign, and what binds them: what it says is its own."""
    measures: frozenset[str]
    """Nouns for counts and other measures."""
    reasons: frozenset[str]
    """Words whose participle gives the grounds of an act ("resisted the call, arguing that …")."""
    resuming: frozenset[str]
    """Words by which an earlier speaker goes on."""
    circumstances: Mapping[str, float]
    """What the circumstances of a cue do to the odds that it attributes."""

    def share(self, word: str, frame: str) -> float:
        """How surely a word in a frame attributes its content."""
        known = self.shares.get((word, frame))
        if known is not None:
            return known
        kind = self.classes.get(word)
        if kind is not None:
            shared = self.class_shares.get((kind, frame))
            if shared is not None:
                return shared
        # A word that nobody listed says nothing by itself; only a clause that it governs does.
        return self.frame_shares.get(frame, 0.0) if _CLAUSAL.match(frame) else 0.0

    def under(self, share: float, circumstances: Iterable[str]) -> float:
        """A share under circumstances: its odds times the factor of each that the table knows."""
        odds = share / max(1.0 - share, 0.02)
        for circumstance in circumstances:
            odds *= self.circumstances.get(circumstance, 1.0)
        return odds / (1.0 + odds)

    def kind(self, word: str) -> str | None:
        """The class of a word, with or without its particle."""
        return self.classes.get(word) or self.classes.get(word.split(" ")[0])


_CLAUSAL = re.compile(
    r"(?:passive )?(?:that|clause|wh|small)(?: |$)|noun that|noun clause|adjective (?:that|wh)|according"
)
_ACTS: tuple[StatementAct, ...] = ("said", "held")


@cache
def cue_table() -> CueTable:
    """The table for English, read once per process."""
    folder = files("variorum") / "data" / "en"
    words = tomllib.loads((folder / "statement_words.toml").read_text(encoding="utf-8"))
    shares: dict[tuple[str, str], float] = {}
    class_shares: dict[tuple[str, str], float] = {}
    frame_shares: dict[str, float] = {}
    for line in (folder / "statement_cues.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        word, frame, share = line.split("\t")
        if word == "*":
            frame_shares[frame] = float(share)
        elif word.startswith("*"):
            class_shares[word[1:], frame] = float(share)
        else:
            shares[word, frame] = float(share)
    classes: dict[str, str] = {}
    for kind, members in words["classes"].items():
        for word in members:
            classes.setdefault(word, kind)
    return CueTable(
        shares=shares,
        class_shares=class_shares,
        frame_shares=frame_shares,
        classes=classes,
        lemmas=words["lemmas"],
        gestures=frozenset(words["gestures"]["verbs"]),
        naming=frozenset(words["naming"]["verbs"]),
        wordings=frozenset(words["wordings"]["nouns"]),
        acts={kind: act for act in _ACTS for kind in words["acts"][act]},
        performing=frozenset((verb, way) for way, verbs in words["speech_acts"].items() for verb in verbs),
        denying=frozenset(words["denial"]["verbs"]),
        withheld=frozenset(words["denial"]["withheld"]),
        forecasting=frozenset(words["forecast"]["verbs"]),
        prompted=frozenset(words["prompted"]["verbs"]),
        stands=frozenset(words["stands"]["words"]),
        occasions=frozenset(words["occasions"]["nouns"]),
        addressing=frozenset(words["addressing"]["verbs"]),
        messages=frozenset(words["messages"]["nouns"]),
        speech=frozenset(words["messages"]["nouns"]) | frozenset(words["speech"]["nouns"]),
        measuring=frozenset(words["counting"]["at"]),
        counting=frozenset(words["counting"]["object"]),
        papers=frozenset(words["papers"]["nouns"]),
        measures=frozenset(words["measures"]["nouns"]),
        reasons=frozenset(words["reasons"]["verbs"]),
        resuming=frozenset(words["resuming"]["verbs"]),
        circumstances=words["circumstances"],
        quoting=frozenset(w for kind in words["quoting"]["classes"] for w in words["classes"][kind])
        | frozenset(words["quoting"]["words"]),
    )
