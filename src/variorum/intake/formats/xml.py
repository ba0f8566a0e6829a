"""XML of strangers, parsed without entities, network or deep trees."""

from __future__ import annotations

import re

from lxml import etree

from variorum.errors import IntakeError

_ENTITY = re.compile(rb"<!ENTITY\b", re.IGNORECASE)
_PROLOGUE = 65_536


def parse_xml(content: bytes, *, where: str) -> etree._Element:
    """The root of an XML document.

    Raises:
        IntakeError: it is not well-formed, or it declares entities (the way of the billion laughs).
    """
    refuse_entities(content, where=where)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise IntakeError(where, f"not well-formed XML ({str(error).splitlines()[0]})") from error


def refuse_entities(content: bytes, *, where: str) -> None:
    """Refuse XML that declares entities of its own: no feed or agency format needs them.

    Raises:
        IntakeError: it does.
    """
    head = content[:_PROLOGUE]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode()
    if _ENTITY.search(head):
        raise IntakeError(where, "XML that declares entities is not read")
