"""Column types that keep every Python string, and pack what is only read whole."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Any

from sqlalchemy import JSON, Dialect, LargeBinary, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, TypeEngine

_ESCAPE = "\x1a"
_UNKEEPABLE = re.compile("[\x00\x1a\ud800-\udfff]")
_ESCAPED = re.compile("\x1a(....)", re.DOTALL)


def keepable(text: str) -> str:
    """The text with U+0000 (which PostgreSQL refuses), lone surrogates (which UTF-8 has no form for) and the escape
    character itself written as U+001A and four hexadecimal digits. Different texts stay different."""
    return _UNKEEPABLE.sub(lambda m: f"{_ESCAPE}{ord(m[0]):04x}", text)


def kept(text: str) -> str:
    """The text that ``keepable`` was given."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if _ESCAPE in text else text


def map_strings(value: Any, change: Callable[[str], str]) -> Any:
    """JSON data with every string, keys included, as ``change`` makes it."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {change(k): map_strings(v, change) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [map_strings(v, change) for v in value]
    return value


class ExactText(TypeDecorator[str]):
    """Text that comes back as it was given, compared and sorted by code point in every store."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """PostgreSQL would sort by the database's locale; the embedded store sorts by code point."""
        return dialect.type_descriptor(Text(collation="C") if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """What the store is given."""
        return None if value is None else keepable(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """What the caller gets."""
        return None if value is None else kept(value)


class ExactJson(TypeDecorator[Any]):
    """Small structures: JSONB on PostgreSQL, JSON text in the embedded store."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """JSONB can be asked about from outside."""
        made: TypeEngine[Any] = postgresql.JSONB(none_as_null=True) if dialect.name == "postgresql" else JSON(True)
        return dialect.type_descriptor(made)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """What the store is given."""
        return map_strings(value, keepable)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """What the caller gets."""
        return map_strings(value, kept)


class Packed(TypeDecorator[bytes]):
    """Bytes kept compressed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """What the store is given."""
        return None if value is None else zlib.compress(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """What the caller gets."""
        return None if value is None else zlib.decompress(value)
