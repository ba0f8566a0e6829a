"""The commands that keep the accounts of team mode: account add, list, password, role, token, tokens, untoken, remove."""

from __future__ import annotations

import enum
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from variorum.commands.library import ListFormat, Where, opened
from variorum.commands.shared import console, counted, errors, line, writing
from variorum.errors import NothingToDo

if TYPE_CHECKING:
    from variorum.store.accounts import Accounts

app = typer.Typer(
    name="account",
    help="Keep the accounts of team mode (variorum serve --team): who may sign in, and with which role.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class RoleName(enum.StrEnum):
    """What an account may do."""

    reader = "reader"
    editor = "editor"
    admin = "admin"


Name = Annotated[str, typer.Argument(metavar="NAME", help="The account.", show_default=False)]
Role = Annotated[
    RoleName,
    typer.Option(help="reader: reads; editor: adds and rules as well; admin: keeps accounts and feeds as well."),
]


@app.command()
def add(name: Name, role: Role = RoleName.reader, library: Where = None) -> None:
    """Let somebody sign in. The password is asked for, or read from a line of standard input."""
    with _accounts(library) as accounts:
        made = accounts.add(name, _password(), role.value)
    errors.print(f"variorum: {made.name} may sign in as {made.role}")


@app.command("list")
def list_accounts(
    library: Where = None,
    format: Annotated[ListFormat, typer.Option(help="text for people, json for programs.")] = ListFormat.text,
) -> None:
    """Who may sign in, with which role."""
    from variorum.model import codec

    with _accounts(library) as accounts, writing(None) as out:
        found = accounts.all()
        if format is ListFormat.json:
            line(out, "[" + ",".join(codec.to_json(account) for account in found) + "]")
            return
        shown = console(out)
        for account in found:
            shown.print(f"{account.name:<24}{account.role:<10}since {account.made[:10]}")
        if not found:
            shown.print("No accounts yet: variorum account add NAME --role admin makes the first one.")


@app.command()
def password(name: Name, library: Where = None) -> None:
    """Give an account another password; all its sessions end. It is asked for, or read from a line of standard input."""
    with _accounts(library) as accounts:
        accounts.get(name)
        accounts.set_password(name, _password())
    errors.print(f"variorum: {name} has another password, and is signed out everywhere")


@app.command()
def role(
    name: Name,
    role: Annotated[RoleName, typer.Argument(metavar="ROLE", help="Its new role.", show_default=False)],
    library: Where = None,
) -> None:
    """Give an account another role; it holds from its next request on."""
    with _accounts(library) as accounts:
        changed = accounts.set_role(name, role.value)
    errors.print(f"variorum: {changed.name} is {'an' if changed.role in ('editor', 'admin') else 'a'} {changed.role}")


@app.command()
def remove(name: Name, library: Where = None) -> None:
    """Remove an account with its sessions and tokens; its rulings stay, under its name."""
    with _accounts(library) as accounts:
        accounts.remove(name)
    errors.print(f"variorum: {name} may no longer sign in")


@app.command()
def token(
    name: Name,
    label: Annotated[str, typer.Option(metavar="WORDS", help="What it is for.")] = "",
    reading_only: Annotated[
        bool, typer.Option("--reading-only", help="It may read, whatever the account may.")
    ] = False,
    days: Annotated[
        int | None,
        typer.Option(min=1, max=3650, help="For how many days it holds; else until removed.", show_default=False),
    ] = None,
    library: Where = None,
) -> None:
    """Make a token by which a program acts for an account. It is written to standard output, this once."""
    with _accounts(library) as accounts, writing(None) as out:
        lasts = timedelta(days=days) if days else None
        made, secret = accounts.add_token(name, label, reading_only=reading_only, lasts=lasts)
        line(out, secret)
    errors.print(f"variorum: token {made.id} of {name}; send it as Authorization: Bearer …")


@app.command()
def tokens(name: Name, library: Where = None) -> None:
    """The tokens of an account."""
    with _accounts(library) as accounts, writing(None) as out:
        shown = console(out)
        held = accounts.tokens(name)
        for one in held:
            may = "reads" if one.reading_only else "acts"
            until = f"until {one.expires[:10]}" if one.expires else "until removed"
            shown.print(f"{one.id}  {may:<6}{until:<18}{one.label}")
        shown.print(counted(len(held), "token"))


@app.command()
def untoken(
    name: Name,
    token: Annotated[str, typer.Argument(metavar="ID", help="The token's id.", show_default=False)],
    library: Where = None,
) -> None:
    """Remove a token; from now on it opens nothing."""
    with _accounts(library) as accounts:
        accounts.remove_token(name, token)
    errors.print(f"variorum: token {token} is removed")


@contextmanager
def _accounts(library: str | None) -> Iterator[Accounts]:
    from variorum.store.accounts import Accounts

    with opened(library) as shelf:
        yield Accounts(shelf.store)


def _password() -> str:
    """A password, asked for twice at a terminal, else one line of standard input: never an argument that others can see.

    Raises:
        NothingToDo: standard input is empty.
    """
    if sys.stdin.isatty():
        given: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return given
    given = sys.stdin.readline().rstrip("\r\n")
    if not given:
        raise NothingToDo("no password was given on standard input")
    return given
