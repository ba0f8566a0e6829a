"""The command that opens the application."""

from __future__ import annotations

from typing import Annotated

import typer

from variorum.commands.library import Where
from variorum.commands.shared import errors


def serve(
    library: Where = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")] = 8033,
    host: Annotated[
        str, typer.Option(help="The address to listen on; another than this machine's own lets others in.")
    ] = "127.0.0.1",
    watch: Annotated[bool, typer.Option("--watch", help="Visit the feeds that are followed, meanwhile.")] = False,
    team: Annotated[
        bool, typer.Option("--team", help="Everybody signs in; `variorum account` keeps the accounts.")
    ] = False,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="VARIORUM_TOKEN",
            help="What adding and ruling from outside takes; made up where it is needed and not given.",
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A further name of this server; may be given several times."),
    ] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option(
            "--proxy",
            metavar="ADDRESS",
            help="A proxy to believe when it says for whom it asks; may be given several times.",
        ),
    ] = None,
    https: Annotated[bool, typer.Option("--https", help="Browsers reach the server through TLS.")] = False,
) -> None:
    """Open the application in the browser: stories, records beside their reports, adding, search, rulings.

    It listens to this machine alone, where whoever works on it may do everything. With --host others may read; adding
    and ruling then takes a token or, with --team, an account. Control-C ends it.

    Examples:

    variorum serve --library desk.sqlite --watch

    variorum serve --library postgresql:///desk --host 0.0.0.0 --team --https --proxy 10.0.0.2
    """
    from variorum.web.serving import Serving, serve

    serve(
        Serving(
            library=library,
            host=host,
            port=port,
            watch=watch,
            token=token,
            team=team,
            names=tuple(allow_host or ()),
            proxies=tuple(proxy or ()),
            https=https,
        ),
        tell=errors.print,
    )


COMMANDS = (serve,)
