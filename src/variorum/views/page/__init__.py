"""A record as one self-contained page: record and reports side by side, every entry lit in the words it rests on."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from variorum.model import Record
from variorum.views import labels
from variorum.views.edition import Edition
from variorum.views.inert import shown
from variorum.views.page.desk import Desk

__all__ = ["asset", "make_environment", "render_page"]


def render_page(record: Record) -> str:
    """A record as HTML: one file, no request to anywhere, a strict content security policy, readable without script.

    Args:
        record: what collation made. Its texts are taken for hostile: they are escaped, and control and direction
            characters in them are replaced by visible signs.
    """
    style, script = asset("page.css"), asset("page.js")
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
    made = template.render(
        desk=desk, edition=desk.edition, app=None, policy=policy, style=Markup(style), script=Markup(script)
    )
    return made if made.endswith("\n") else made + "\n"


@cache
def asset(name: str) -> str:
    """A template, style or script of this package.

    Raises:
        FileNotFoundError: there is none of this name.
    """
    return resources.files("variorum.views.page").joinpath("assets", name).read_text("utf-8")


def _hash(content: str) -> str:
    """The source expression of the content security policy that allows exactly this inline content."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _harmless(value: object) -> object:
    """Last gate before anything is written: no control or direction character of a report gets into the page."""
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def make_environment(asset: Callable[[str], str]) -> Environment:
    """Templates that escape whatever they are given and let no control or direction character through.

    Args:
        asset: the source of a template by its name.
    """
    environment = Environment(
        loader=FunctionLoader(asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    environment.globals["labels"] = labels
    return environment


@cache
def _environment() -> Environment:
    return make_environment(asset)
