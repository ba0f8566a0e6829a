"""Write the reference pages anew: docs/commands.md from the commands, docs/formats.md from the model and the tables,
docs/dataset.md from the tables of a data set."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from variorum import cli
from variorum.dataset import schemas
from variorum.model import codec
from variorum.views import tables

DOCS = Path(__file__).resolve().parents[1] / "docs"


def commands() -> str:
    """Every command with its arguments and options, as the program itself describes them."""
    lines = ["# Commands", "", "Made by `python tools/reference.py`; `variorum COMMAND --help` says the same.", ""]
    for name, command in _each(typer.main.get_command(cli.app)):
        lines += [
            f"## variorum {name}",
            "",
            (command.help or "").strip(),
            "",
            "| option | meaning | default |",
            "| --- | --- | --- |",
        ]
        for parameter in command.params:
            argument = parameter.param_type_name == "argument"
            names = parameter.metavar or parameter.name.upper() if argument else ", ".join(parameter.opts)
            kind = getattr(parameter, "bare_type", None)
            choices = list(kind) if isinstance(kind, type) and issubclass(kind, enum.Enum) else []
            help_text = (parameter.help or "") + (f" ({', '.join(map(_plain, choices))})" if choices else "")
            default = (
                "" if parameter.default in (None, False) or parameter.required else f"`{_plain(parameter.default)}`"
            )
            lines.append(f"| `{names}` | {help_text} | {default} |")
        lines.append("")
    lines += [
        "Exit status: 0 done; 1 nothing could be done, or a record does not hold; 2 the command was not understood;"
        " 130 interrupted.",
        "Messages go to the error stream, a line for each input that was refused; the rest of a batch goes on.",
        "",
    ]
    return "\n".join(lines)


def _each(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Commands with their names; those of a group after the group's own name."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _each(command, f"{before}{name} ")
        else:
            yield before + name, command


def formats() -> str:
    """The JSON formats by the fields of the model, and the tables by their columns."""
    lines = [
        "# Formats",
        "",
        "Made by `python tools/reference.py`. `variorum schema` prints the JSON Schema of both JSON formats.",
        "",
    ]
    lines += ["Places in texts are half-open and count code points. `[start, end]` lies in the reading's own report;"]
    lines += ['`{"report", "start", "end"}` names the report.', ""]
    lines += [
        "A report that is handed in has a `text` or an `html` with something in it; one without is refused by the name of"
    ]
    lines += [
        "the field. So is an item of a feed, ninjs or NewsML that carries a headline alone: a record rests on the words of"
    ]
    lines += ["a report, and a headline is not one. (`variorum watch` reads the page of such an item.)", ""]
    for title, name in (("A reading (one line of JSON Lines)", "reading"), ("A record", "record")):
        schema = codec.schemas()[name]
        lines += [f"## {title}", "", "| field | type |", "| --- | --- |"]
        lines += [f"| `{field}` | {_type(kind)} |" for field, kind in schema["properties"].items()]
        lines.append("")
        for part, body in sorted(schema.get("$defs", {}).items()):
            if "properties" in body and (name == "reading" or part not in codec.schemas()["reading"].get("$defs", {})):
                lines += [f"### {part}", "", "| field | type |", "| --- | --- |"]
                lines += [f"| `{field}` | {_type(kind)} |" for field, kind in body["properties"].items()]
                lines.append("")
    lines += ["## Tables (CSV and Parquet)", ""]
    lines += [
        "CSV is RFC 4180 in UTF-8 with a byte-order mark, so that spreadsheets read accents; programs name the encoding"
    ]
    lines += [
        "`utf-8-sig`. A cell that a spreadsheet would run as a formula is led by an apostrophe.",
        "",
        tables.describe(),
    ]
    return "\n".join(lines)


def dataset() -> str:
    """The tables of a data set by their columns."""
    return schemas.PAGE + schemas.describe()


def _plain(value: object) -> str:
    return str(getattr(value, "value", value))


def _type(kind: dict[str, Any]) -> str:
    if "$ref" in kind:
        return kind["$ref"].rpartition("/")[2]
    if "enum" in kind:
        return " or ".join(f"`{value}`" for value in kind["enum"])
    if "const" in kind:
        return f"`{kind['const']}`"
    if "anyOf" in kind:
        return ", or ".join(_type(part) for part in kind["anyOf"])
    if kind.get("type") == "array":
        return f"list of {_type(kind['items'])}" if "items" in kind else "[start, end]"
    return str(kind.get("type", "anything"))


def main() -> None:
    """Write the pages."""
    (DOCS / "commands.md").write_text(commands(), "utf-8")
    (DOCS / "formats.md").write_text(formats(), "utf-8")
    (DOCS / "dataset.md").write_text(dataset(), "utf-8")


if __name__ == "__main__":
    main()
