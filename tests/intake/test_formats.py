"""Feeds, agency formats, crawls, tables, mail, PDF and archives: made by the test, read back as reports."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from variorum.errors import IntakeError
from variorum.intake.inputs import reports_from, reports_from_bytes
from variorum.model import Report

BODY = [
    "The harbour of Durrës stays closed until Friday, Port Minister Ana Leka said in Tirana on Tuesday.",
    "“We open when the divers tell us that we can,” she told reporters after a meeting with her Italian colleague.",
    "More than 40 ships were waiting outside the breakwater, according to the port authority.",
]
PARAGRAPHS = "".join(f"<p>{p}</p>" for p in BODY)
PAGE = f"<!doctype html><html><head><title>Harbour closed</title></head><body><article><h1>Harbour closed</h1>{PARAGRAPHS}</article></body></html>"


def body_of(report: Report) -> str:
    return " ".join(report.text[b.start : b.end] for b in report.blocks if b.kind == "body")


def read_back(content: bytes, name: str) -> tuple[list[Report], list[IntakeError]]:
    taken = list(reports_from_bytes(content, where=name))
    return [t for t in taken if isinstance(t, Report)], [t for t in taken if isinstance(t, IntakeError)]


def from_path(path: Path) -> tuple[list[Report], list[IntakeError]]:
    refused: list[IntakeError] = []
    return list(reports_from(str(path), on_reject=refused.append)), refused


def whole(reports: list[Report]) -> bool:
    return bool(reports) and all(all(p in body_of(r) for p in BODY) for r in reports)


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Coast Daily</title><link>https://coast.example</link><description>d</description>
<item><title>Harbour closed</title><link>https://coast.example/1</link><pubDate>Tue, 12 May 2026 10:00:00 GMT</pubDate>
<content:encoded><![CDATA[{PARAGRAPHS}]]></content:encoded></item>
<item><title>Empty</title><link>https://coast.example/2</link></item></channel></rss>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Coast Daily</title>
<entry><title>Harbour closed</title><link href="https://coast.example/1"/><published>2026-05-12T10:00:00Z</published>
<content type="html">{PARAGRAPHS.replace("<", "&lt;")}</content></entry></feed>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Coast Daily",
    "items": [
        {"id": "1", "title": "Harbour closed", "content_html": PARAGRAPHS, "date_published": "2026-05-12T10:00:00Z"}
    ],
}
NINJS = {
    "uri": "urn:coast:1",
    "headline": "Harbour closed",
    "byline": "By Mira Oduya",
    "body_xhtml": PARAGRAPHS,
    "versioncreated": "2026-05-12T10:00:00Z",
    "ednote": "UPDATES number of ships in paragraph 3",
    "copyrightholder": "Coast Press",
}
NEWSML = f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:coast:1" xml:lang="en">
<rightsInfo><copyrightHolder><name>Coast Press</name></copyrightHolder></rightsInfo>
<itemMeta><versionCreated>2026-05-12T10:00:00Z</versionCreated><edNote>ADDS detail</edNote></itemMeta>
<contentMeta><headline>Harbour closed</headline><by>By Mira Oduya</by></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>{PARAGRAPHS}</body></html></inlineXML></contentSet>
</newsItem>"""


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (RSS.encode(), "feed.rss"),
        (ATOM.encode(), "feed.atom"),
        (json.dumps(JSON_FEED).encode(), "feed.json"),
        (json.dumps(NINJS).encode(), "item.json"),
        (NEWSML.encode(), "item.xml"),
        (PAGE.encode(), "page.html"),
        ("\n\n".join(BODY).encode(), "page.txt"),
    ],
)
def test_each_format_gives_the_same_body(content: bytes, name: str) -> None:
    reports, _ = read_back(content, name)
    assert len(reports) == 1
    assert whole(reports)
    for block in reports[0].blocks:
        assert reports[0].text[block.start : block.end].strip()


def test_a_feed_gives_title_outlet_date_and_address() -> None:
    (report,), refused = read_back(RSS.encode(), "feed.rss")
    assert (report.title, report.outlet, report.url) == ("Harbour closed", "Coast Daily", "https://coast.example/1")
    assert report.published is not None
    assert report.published.date.startswith("2026-05-12")
    assert report.published.basis == "metadata"
    assert [r.where for r in refused] == ["feed.rss: entry 2"]


def test_an_advisory_is_kept_as_metadata() -> None:
    for content, name in ((json.dumps(NINJS).encode(), "n.json"), (NEWSML.encode(), "n.xml")):
        (report,), _ = read_back(content, name)
        assert report.advisory in ("UPDATES number of ships in paragraph 3", "ADDS detail")
        assert report.advisory not in body_of(report)
        assert report.outlet == "Coast Press"


BOMB = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize("rest", ["<rss><channel><item><title>&b;</title></item></channel></rss>", NEWSML[38:]])
def test_xml_with_entities_is_refused(rest: str) -> None:
    reports, refused = read_back((BOMB + rest).encode(), "x.xml")
    assert not reports
    assert "entities" in refused[0].reason


def warc(pages: list[str]) -> bytes:
    made = b""
    for number, page in enumerate(pages):
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0000000{number}-0000-0000-0000-000000000000>\r\n"
            f"WARC-Target-URI: https://coast.example/{number}\r\nWARC-Date: 2026-05-12T10:00:00Z\r\n"
            f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        made += head.encode() + http + b"\r\n\r\n"
    return made


@pytest.mark.parametrize("packed", [False, True])
def test_a_crawl_is_streamed(tmp_path: Path, packed: bool) -> None:
    crawl = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    content = warc([PAGE, PAGE.replace("closed", "shut"), PAGE])
    crawl.write_bytes(gzip.compress(content) if packed else content)
    reports, refused = from_path(crawl)
    assert len(reports) == 3
    assert not refused
    assert [r.url for r in reports] == [f"https://coast.example/{n}" for n in range(3)]


@pytest.mark.parametrize("packed", [False, True])
def test_a_crawl_that_is_cut_off_is_said_to_be(tmp_path: Path, packed: bool) -> None:
    crawl = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    whole_one, cut_one = warc([PAGE]), warc([PAGE])[:-200]
    cut = gzip.compress(whole_one) + gzip.compress(warc([PAGE]))[:-40] if packed else whole_one + cut_one
    crawl.write_bytes(cut)
    reports, refused = from_path(crawl)
    assert len(reports) == 1
    assert len(refused) == 1


def test_parquet_and_json_lines_agree(tmp_path: Path) -> None:
    rows = [{"id": f"n{i}", "body": "\n\n".join(BODY), "publisher": "Coast", "date": "2026-05-12"} for i in range(3)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    one, _ = from_path(tmp_path / "a.parquet")
    two, _ = from_path(tmp_path / "a.jsonl")
    assert [r.id for r in one] == [r.id for r in two] == ["n0", "n1", "n2"]
    assert whole(one)
    assert [r.outlet for r in one] == ["Coast"] * 3


def test_mail() -> None:
    message = EmailMessage()
    message["From"] = "Coast Daily <news@coast.example>"
    message["Subject"] = "Harbour closed"
    message["Date"] = "Tue, 12 May 2026 10:00:00 +0000"
    message.set_content("\n\n".join(BODY))
    (report,), _ = read_back(message.as_bytes(), "letter.eml")
    assert whole([report])
    assert report.outlet == "Coast Daily"
    message.add_alternative(PAGE, subtype="html")
    assert whole(read_back(message.as_bytes(), "letter.eml")[0])


def test_pdf(tmp_path: Path) -> None:
    made = minimal_pdf("The harbour of Durres stays closed until Friday, the minister said.")
    (report,), _ = read_back(made, "a.pdf")
    assert "stays closed until Friday" in report.text
    assert "no text layer" in read_back(minimal_pdf(""), "b.pdf")[1][0].reason.replace("without a", "no")
    assert read_back(b"%PDF-1.7 nothing", "c.pdf")[1]


def minimal_pdf(text: str) -> bytes:
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode() if text else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, obj in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, obj)
    table = b"".join(b"%010d 00000 n \n" % o for o in offsets)
    start = len(out)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start
    )


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_an_archive_of_anything() -> None:
    text = "\n\n".join(BODY).encode()
    members = {"b/page.html": PAGE.encode(), "a.txt": text, "feed.xml": RSS.encode(), "bad.bin": bytes(range(256))}
    reports, refused = read_back(zipped({**members, "inner.zip": zipped({"x.txt": text})}), "all.zip")
    assert len(reports) == 3
    assert whole(reports)
    assert {r.where.split(": ")[1] for r in refused} >= {"bad.bin", "inner.zip"}


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    reports, refused = read_back(zipped({"bomb.txt": b"a" * 30_000_000}), "bomb.zip")
    assert not reports
    assert "densely" in refused[0].reason


@pytest.mark.parametrize("content", [b"PK\x03\x04 nothing", b"%PDF-", b"<rss", b"<feed></feed>", b"{", b"\x1f\x8b\0\0"])
@pytest.mark.parametrize("name", ["x", "x.json", "x.eml", "x.xml", "x.jsonl"])
def test_broken_files_are_refused_and_do_not_raise(content: bytes, name: str) -> None:
    reports, refused = read_back(content, name)
    assert len(reports) + len(refused) >= 1


def test_strewn_null_bytes_are_damage_and_binary_data_no_text(tmp_path: Path) -> None:
    words = b"The harbour council met again on Monday.\n\n"
    damaged, binary = tmp_path / "damaged.txt", tmp_path / "binary.txt"
    damaged.write_bytes(words.replace(b".", b".\0") * 50)
    binary.write_bytes(bytes(range(256)) * 20)
    rejected: list[IntakeError] = []
    (report,) = reports_from(str(damaged), on_reject=rejected.append)
    assert any("50 null bytes" in note for note in report.notes) and report.text.count("\0") == 50
    assert not list(reports_from(str(binary), on_reject=rejected.append))
    assert [error.reason for error in rejected] == ["not text"]


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b'{"id": "1", "text": ""}', "a.jsonl", "field text is empty"),
        (b'{"id": "1", "text": " \\n"}', "a.json", "field text is empty"),
        (b'{"text": "", "html": " "}', "a.jsonl", "fields text and html are empty"),
        (b'{"html": ""}', "a.jsonl", "field html is empty"),
        (b'{"id": "1", "title": "A headline"}', "a.jsonl", "has neither a field text nor a field html"),
        (b'{"text": 5}', "a.jsonl", "field text is not a string"),
        (b'{"uri": "u", "headline": "A headline", "body_text": ""}', "a.json", "a headline alone is no report"),
        (
            b"<rss version='2.0'><channel><title>P</title><item><title>A headline</title></item></channel></rss>",
            "a.xml",
            "a headline alone is no report",
        ),
        (
            b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><contentMeta><headline>A</headline></contentMeta>'
            b"<contentSet/></newsItem>",
            "a.xml",
            "its contentSet has no text; a headline alone is no report",
        ),
    ],
)
def test_what_has_no_text_is_refused_by_the_name_of_what_it_lacks(content: bytes, name: str, reason: str) -> None:
    (refused,) = reports_from_bytes(content, where=name)
    assert isinstance(refused, IntakeError) and reason in refused.reason


def test_an_empty_text_beside_a_page_is_passed_over() -> None:
    given = (
        b'{"text": "", "html": "<p>The mill at Orsk burned down on Friday, officials said, and nobody was hurt.</p>"}'
    )
    (report,) = reports_from_bytes(given, where="a.jsonl")
    assert not isinstance(report, IntakeError) and report.text.startswith("The mill at Orsk")
