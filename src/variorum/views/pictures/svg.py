"""SVG as text: elements with escaped attributes and no style, so that a strict content security policy holds."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from variorum.views.inert import inert


def tag(name: str, content: Iterable[Markup] | str = "", /, **attributes: str | float) -> Markup:
    """One element.

    Args:
        name: of the element.
        content: child elements, or text (made harmless and escaped).
        attributes: a trailing underscore is dropped (``class_``), others become hyphens; numbers are rounded.
    """
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(_value(v))}"' for key, v in attributes.items())
    inner = escape(inert(content)) if isinstance(content, str) else Markup("").join(content)
    return Markup(f"<{name}{written}>{inner}</{name}>")


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".rstrip("0").rstrip(".")


def picture(width: float, height: float, label: str, content: Iterable[Markup], *, kind: str) -> Markup:
    """The outermost element: a picture with a name that is read out."""
    children = [tag("title", label), *content]
    return tag("svg", children, class_=f"picture {kind}", viewBox=f"0 0 {width:g} {height:g}", role="img")
