"""Lineage: which reports of a story descend from the same text.

report ──prose──▶ words ──matching──▶ shared wording ──derivation──▶ judgements ──origins──▶ lineage
"""

from variorum.gathering.lineage.origins import lineage

__all__ = ["lineage"]
