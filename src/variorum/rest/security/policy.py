"""What each request needs: one table, read from the top; what it does not name is refused to all but editors.

The table is the only place that says who may do what, for the calls under ``/api`` and for the pages alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from variorum.rest.security.settings import ROLES, RateClass, Role

Size = Literal["small", "usual", "addition"]

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "POST", "PUT", "PATCH", "DELETE"})
"""Methods that are looked at at all."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing; every handler keeps to that."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a request must bring and may take."""

    role: Role
    rate: RateClass
    size: Size = "usual"


@dataclass(frozen=True, slots=True)
class Rule:
    """Requests of these methods (empty: all; ``*``: all that write) to paths that fit need this."""

    methods: tuple[str, ...]
    path: re.Pattern[str]
    need: Need

    def fits(self, method: str, path: str) -> bool:
        """Whether the rule speaks of this request."""
        meant = not self.methods or method in self.methods or ("*" in self.methods and method not in SAFE_METHODS)
        return meant and self.path.fullmatch(path) is not None


def _rule(methods: str, path: str, need: Need) -> Rule:
    return Rule(tuple(methods.split()), re.compile(path, re.DOTALL), need)


RULES: tuple[Rule, ...] = (
    _rule("GET HEAD", r"/api/health", Need("nobody", "read")),
    _rule("GET HEAD", r"/static/.*|/favicon\.(?:ico|svg)", Need("nobody", "read")),
    _rule("GET HEAD", r"/sign-in", Need("nobody", "read")),
    _rule("POST", r"/sign-in|/api/session", Need("nobody", "sign-in", "small")),
    _rule("POST DELETE", r"/sign-out|/api/session", Need("reader", "write", "small")),
    _rule("POST", r"/account/password|/api/account/password", Need("reader", "sign-in", "small")),
    _rule("*", r"/account/tokens(?:/.*)?|/api/account/tokens(?:/.*)?", Need("reader", "write", "small")),
    _rule("", r"/accounts(?:/.*)?|/api/accounts(?:/.*)?", Need("admin", "write", "small")),
    _rule("*", r"/feeds(?:/.*)?|/api/feeds(?:/.*)?", Need("admin", "write", "small")),
    _rule("POST", r"/add(?:/.*)?|(?:/api)?/rulings/import|/api/(?:reports|files)", Need("editor", "add", "addition")),
    _rule("GET HEAD OPTIONS", r"/.*", Need("reader", "read")),
)
DEFAULT = Need("editor", "write")


def need(method: str, path: str) -> Need:
    """What a request needs."""
    for rule in RULES:
        if rule.fits(method, path):
            return rule.need
    return DEFAULT


def suffices(role: Role, least: Role) -> bool:
    """Whether a role may do what needs ``least``."""
    return ROLES.index(role) >= ROLES.index(least)
