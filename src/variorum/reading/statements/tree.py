"""A paragraph's dependency parse as plain lists: what the search for statements asks of it, hundreds of times a
sentence."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from variorum.model import Extent
from variorum.reading.parsed import Paragraph

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_FINAL = frozenset({".", "?", "!", "...", "…", ".."})
_MARKS = frozenset({"“", '"', "``", "''", "«", "„", "‘"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


class Tree:
    """The parse of one paragraph. Tokens are numbers; extents are the report's."""

    def __init__(self, paragraph: Paragraph) -> None:
        doc: Doc = paragraph.doc
        strings = doc.vocab.strings
        table = doc.to_array(["LEMMA", "POS", "TAG", "DEP", "HEAD"])
        names: dict[int, str] = {}

        def named(column: int) -> list[str]:
            keys = table[:, column].tolist()
            for key in keys:
                if key not in names:
                    names[key] = strings[key]
            return [names[key] for key in keys]

        size = len(doc)
        self.heading = paragraph.block.kind in {"headline", "subheading"}
        self.size = size
        self.words = [token.text for token in doc]
        self.lower = [word.lower() for word in self.words]
        self.lemma = [lemma.lower() for lemma in named(0)]
        self.pos = named(1)
        self.tag = named(2)
        self.dep = named(3)
        heads = table[:, 4].astype("int64").tolist()
        self.head: list[int] = [i + int(heads[i]) for i in range(size)]
        self.start = [paragraph.offset + token.idx for token in doc]
        self.end = [start + len(word) for start, word in zip(self.start, self.words, strict=True)]
        self.kids: list[list[int]] = [[] for _ in range(size)]
        for i, head in enumerate(self.head):
            if head != i:
                self.kids[head].append(i)
        self.sentence = _numbered(doc)
        self.asks = [False] * (self.sentence[-1] + 1 if size else 0)
        """Whether each sentence has a question mark."""
        for i, word in enumerate(self.words):
            if word == "?":
                self.asks[self.sentence[i]] = True
        self.left, self.right = self._edges()

        self.final = [word in _FINAL and self._ends(i) for i, word in enumerate(self.words)]
        """Whether each token ends a sentence, as far as can be told where quotation marks mislead the parser."""

    def _ends(self, i: int) -> bool:
        """Whether a full stop is one, and not an abbreviation's or one in brackets ("(D-Wis.) said", "Del.
        Jane Roe")."""
        if i + 1 >= self.size or self.words[i] != ".":
            return True
        after = self.words[i + 1]
        if after[0].islower() or after[0] in "),;":
            return False
        if after in _MARKS and self._opens(i + 1):
            return True
        short = i > 0 and len(self.words[i - 1]) <= 4 and self.words[i - 1].istitle()
        return not (short and self.sentence[i] == self.sentence[i + 1])

    def _opens(self, i: int) -> bool:
        """Whether a quotation mark stands before a word and behind a blank."""
        apart = i > 0 and self.end[i - 1] < self.start[i]
        return apart and i + 1 < self.size and self.end[i] == self.start[i + 1]

    def _edges(self) -> tuple[list[int], list[int]]:
        left, right = list(range(self.size)), list(range(self.size))
        self.depths = self._depths()
        # Children before their heads: deepest first.
        for i in sorted(range(self.size), key=self.depths.__getitem__, reverse=True):
            head = self.head[i]
            if head != i:
                left[head] = min(left[head], left[i])
                right[head] = max(right[head], right[i])
        return left, right

    def _depths(self) -> list[int]:
        depths = [-1] * self.size
        for i in range(self.size):
            path = []
            while depths[i] < 0 and self.head[i] != i:
                path.append(i)
                i = self.head[i]
            if depths[i] < 0:
                depths[i] = 0
            for n, j in enumerate(reversed(path), depths[i] + 1):
                depths[j] = n
        return depths

    def subtree(self, top: int) -> list[int]:
        """The tokens under ``top``, itself included, in order."""
        found, stack = [], [top]
        while stack:
            i = stack.pop()
            found.append(i)
            stack.extend(self.kids[i])
        return sorted(found)

    def child(self, top: int, *deps: str) -> int | None:
        """The first child with one of these relations."""
        return next((i for i in self.kids[top] if self.dep[i] in deps), None)

    def subject(self, verb: int, *deps: str) -> int | None:
        """The first child with one of these relations that is a word; the parser may take a dash for one."""
        return next((i for i in self.kids[verb] if self.dep[i] in deps and any(map(str.isalnum, self.words[i]))), None)

    def children(self, top: int, *deps: str) -> list[int]:
        """All children with one of these relations."""
        return [i for i in self.kids[top] if self.dep[i] in deps]

    def finite(self, verb: int) -> bool:
        """Whether a verb is finite, by its own tag or its auxiliary's."""
        return self.tag[verb] in _FINITE or any(
            self.tag[i] in _FINITE for i in self.kids[verb] if self.dep[i] in {"aux", "auxpass", "cop"}
        )

    def passive(self, verb: int) -> bool:
        """Whether a verb is in the passive, reduced relatives ("a plan backed by …") included."""
        if any(self.dep[i] in {"auxpass", "nsubjpass", "csubjpass"} for i in self.kids[verb]):
            return True
        return self.tag[verb] == "VBN" and not any(self.dep[i] in {"aux", "nsubj"} for i in self.kids[verb])

    def negated(self, verb: int) -> bool:
        """Whether a verb is denied ("did not say", "never said")."""
        return any(self.dep[i] == "neg" or self.lower[i] == "never" for i in self.kids[verb])

    def relative(self, i: int) -> bool:
        """Whether a token is a relative pronoun that stands for the noun before its clause."""
        return self.lower[i] in _RELATIVE and self.pos[i] == "PRON"

    def extent(self, first: int, last: int) -> Extent:
        """The extent from one token to another, both included."""
        return Extent(self.start[first], self.end[last])

    def runs(self, tokens: Iterable[int]) -> list[tuple[int, int]]:
        """Ordered tokens as unbroken runs (first, last)."""
        runs: list[tuple[int, int]] = []
        for i in tokens:
            if runs and runs[-1][1] == i - 1:
                runs[-1] = (runs[-1][0], i)
            else:
                runs.append((i, i))
        return runs


def _numbered(doc: Doc) -> list[int]:
    numbers, n = [], -1
    for token in doc:
        n += bool(token.is_sent_start)
        numbers.append(max(n, 0))
    return numbers
