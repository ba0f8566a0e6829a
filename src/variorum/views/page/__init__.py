"""A record as one self-contained page: record and reports side by side, every entry lit in the words it rests on."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from variorum.model import Record
from variorum.views import labels
from variorum.views.edition import Edition
from variorum.views.inert import shown
from variorum.views.page.desk import Desk

__all__ = ["render_page"]


def render_page(record: Record) -> str:
    """A record as HTML: one file, no request to anywhere, a strict content security policy, readable without script.

    Args:
        record: what collation made. Its texts are taken for hostile: they are escaped, and control and direction
            characters in them are replaced by visible signs.
    """
    style, script = _asset("page.css"), _asset("page.js")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    template = _environment().get_template("page.html.j2")
    desk = Desk(Edition(record))
    made = template.render(desk=desk, edition=desk.edition, policy=policy, style=Markup(style), script=Markup(script))
    return made if made.endswith("\n") else made + "\n"


@cache
def _asset(name: str) -> str:
    return resources.files("variorum.views.page").joinpath("assets", name).read_text("utf-8")


def _hash(content: str) -> str:
    """The source expression of the content security policy that allows exactly this inline content."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _harmless(value: object) -> object:
    """Last gate before anything is written: no control or direction character of a report gets into the page."""
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    environment.globals["labels"] = labels
    return environment
