"""The model as JSON and back, and its JSON Schema. The only place that knows pydantic."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from variorum.errors import BadRecord
from variorum.model.reading import Reading
from variorum.model.record import Record

T = TypeVar("T")


_adapters: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def to_json(value: Any, *, indent: int | None = None) -> str:
    """Any value of the model as JSON text, fields in the order of the model, characters unescaped."""
    return _adapter(type(value)).dump_json(value, indent=indent).decode()


def to_data(value: Any) -> dict[str, Any]:
    """Any value of the model as plain lists and dictionaries, as ``json.loads(to_json(value))`` would give."""
    data: dict[str, Any] = _adapter(type(value)).dump_python(value, mode="json")
    return data


def from_json(kind: type[T], text: str | bytes, *, where: str = "record") -> T:
    """A value of ``kind`` out of its JSON.

    Raises:
        BadRecord: the text is not JSON or does not fit; the message names the path of the first bad field.
    """
    try:
        value: T = _adapter(kind).validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = ".".join(str(part) for part in first["loc"]) or "the whole file"
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise BadRecord(f"{where}: {path}: {first['msg']}{more}") from error
    return value


def schema(kind: type[Any]) -> dict[str, Any]:
    """JSON Schema (2020-12) of a type of the model as it is written."""
    made = TypeAdapter(kind).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def schemas() -> dict[str, Any]:
    """The two schemas that users' pipelines rely on: ``reading`` (a line of JSONL) and ``record``."""
    return {"reading": schema(Reading), "record": schema(Record)}
