"""Newsletters and forwarded articles as e-mail (.eml, RFC 5322), through the standard library's parser."""

from __future__ import annotations

import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from variorum.errors import IntakeError
from variorum.intake.formats import Taken
from variorum.intake.objects import report_from_object


def reports_from_mail(content: bytes, *, where: str) -> Iterator[Taken]:
    """The one report that a message carries: its HTML part, or else its plain text. Attachments are passed over."""
    message = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(content)
    part = message.get_body(("html", "plain"))
    if part is None:
        yield IntakeError(where, "an e-mail without a text")
        return
    try:
        text = part.get_content()
    except (LookupError, UnicodeError, KeyError) as error:
        yield IntakeError(where, f"an e-mail whose text cannot be decoded ({error})")
        return
    sender, address = parseaddr(str(message.get("from", "")))
    made = {
        "html" if part.get_content_subtype() == "html" else "text": text,
        "title": str(message.get("subject", "")) or None,
        "outlet": sender or address or None,
        "published": _moment(str(message.get("date", ""))),
        "location": where,
    }
    try:
        yield report_from_object(made, where=where)
    except IntakeError as error:
        yield error


def _moment(date: str) -> str | None:
    try:
        return parsedate_to_datetime(date).isoformat()
    except ValueError:
        return None  # a message without a date, or with one that no mail program wrote
