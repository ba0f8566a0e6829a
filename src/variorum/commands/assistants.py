"""The command that lets an assistant read a library: mcp."""

from __future__ import annotations

from collections.abc import Callable

from variorum.commands.library import Where, opened


def mcp(library: Where = None) -> None:
    """Let an assistant search and cite the library, over standard input and output (Model Context Protocol).

    It only reads. An assistant that starts programs itself is told to run this command:

    {"mcpServers": {"variorum": {"command": "variorum", "args": ["mcp"]}}}
    """
    from variorum.mcp import make_server

    with opened(library) as shelf:
        make_server(shelf).run()


COMMANDS: tuple[Callable[..., None], ...] = (mcp,)
