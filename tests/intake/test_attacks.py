"""Hostile and broken input: one clear refusal or a correct report."""

from __future__ import annotations

import pytest

from variorum.errors import IntakeError
from variorum.intake.inputs import reports_from_bytes
from variorum.model import Report

WORDS = "The mayor said that the bridge stays closed until the engineers have seen its piers."


def read_back(content: bytes, name: str) -> tuple[list[Report], list[IntakeError]]:
    taken = list(reports_from_bytes(content, where=name))
    return [t for t in taken if isinstance(t, Report)], [t for t in taken if isinstance(t, IntakeError)]


@pytest.mark.parametrize(
    "content",
    [
        b"<p " + b" ".join(b"a%d=1" % n for n in range(1_000_000)) + b">" + WORDS.encode() + b"</p>",
        b"<p " + b" ".join(b"a%d=1" % n for n in range(300_000)) + b"<p>" + WORDS.encode(),
        b"<html><!--" + b"x" * 50_000_000 + b"-->" + b"<p>" + WORDS.encode(),
        b"<html><script>" + b"x=1;" * 12_000_000 + b"</script><p>" + WORDS.encode(),
        b"<html>" + b"<div>" * 200_000 + WORDS.encode(),
        b"<p title='" + b"&amp;" * 1_000_000 + b"'>" + WORDS.encode(),
        ("<p>\u202e\u2066\u200f" + WORDS + "\u202c</p>").encode(),
    ],
    ids=[
        "a million attributes",
        "a tag left open",
        "50 MB of a comment",
        "48 MB of a script",
        "200,000 levels",
        "a long attribute",
        "marks",
    ],
)
def test_a_hostile_page_keeps_its_words(content: bytes) -> None:
    (report,), refused = read_back(content, "page.html")
    assert WORDS in report.text and not refused
    assert all(report.text[b.start : b.end].strip() for b in report.blocks)


def test_a_page_over_the_limit_is_refused_by_its_size() -> None:
    reports, (refused,) = read_back(b"<p>" + b"word " * 14_000_000, "page.html")
    assert not reports and "over the limit" in refused.reason


@pytest.mark.parametrize(
    ("said", "encoding"),
    [
        ("utf-8", "cp1252"),
        ("utf-8", "utf-16"),
        ("shift_jis", "utf-8"),
        ("utf-16", "utf-8"),
        ("nonsense", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("windows-1251", "windows-1251"),
    ],
)
def test_an_encoding_that_lies_costs_no_words(said: str, encoding: str) -> None:
    page = f'<!doctype html><html><head><meta charset="{said}"></head><body><p>{WORDS}</p><p>“Café,” she said.</p></body></html>'
    (report,), refused = read_back(page.encode(encoding, "xmlcharrefreplace"), "page.html")
    assert WORDS in report.text and "Café" in report.text and not refused


def laughs(rest: str) -> str:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "ha">{entities}]>{rest}'


FEED = "<rss version='2.0'><channel><title>t</title><item><title>&a11;</title><description>&a11;</description></item></channel></rss>"
NEWSML = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1"><contentMeta><headline>&a11;</headline></contentMeta>'
    "<contentSet><inlineData>&a11;</inlineData></contentSet></newsItem>"
)


@pytest.mark.parametrize("rest", [FEED, NEWSML], ids=["feed", "NewsML"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_billion_laughs_are_not_read(rest: str, encoding: str) -> None:
    reports, refused = read_back(laughs(rest).encode(encoding), "feed.xml")
    assert not any("haha" in report.text for report in reports)
    assert refused or reports
    if encoding == "utf-8":
        assert "entities" in refused[0].reason
