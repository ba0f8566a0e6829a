"""The command that follows feeds."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from variorum.commands.library import Where, opened, tell_settled
from variorum.commands.shared import IgnoreRobots, Quiet, console, counted, errors, writing
from variorum.errors import NothingToDo, NotInLibrary

if TYPE_CHECKING:
    from variorum.library import Library
    from variorum.library.following import Manners, Visit
    from variorum.library.telling import Listener

_LONGEST_SLEEP = 60.0


def watch(
    feeds: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FEEDS", help="OPML files, and addresses of feeds or pages; without any: those followed."
        ),
    ] = None,
    library: Where = None,
    once: Annotated[bool, typer.Option("--once", help="Visit what is due, and leave.")] = False,
    every: Annotated[float, typer.Option(min=1, metavar="MINUTES", help="Minutes between two visits to a feed.")] = 15,
    jsonl: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Append every change to FILE, one JSON a line.")
    ] = None,
    webhook: Annotated[str | None, typer.Option(metavar="URL", help="Post changes to URL as JSON.")] = None,
    webhook_private: Annotated[
        bool, typer.Option("--webhook-private", help="Let --webhook be an address of your own network.")
    ] = False,
    mail_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Append a message for each story to FILE, a mailbox (mbox).")
    ] = None,
    atom: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep FILE an Atom feed of the latest changes.")
    ] = None,
    summaries: Annotated[
        bool, typer.Option("--summaries", help="Take what feeds say; do not fetch the pages of their entries.")
    ] = False,
    unfollow: Annotated[
        list[str] | None, typer.Option(metavar="URL", help="Follow this feed no longer; may be given several times.")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the feeds that are followed, and leave.")] = False,
    ignore_robots: IgnoreRobots = False,
    quiet: Quiet = False,
) -> None:
    """Follow feeds: add what is new, and tell what it changes in the records.

    Feeds are asked with the validators of the last visit, one host at a time and never faster than every two seconds;
    a failing feed is asked less and less often, and one that says when to come again is asked then. All that is kept
    in the library: stopped and started again, the watch goes on where it was. Control-C ends it.

    Examples:

    variorum watch desk.opml --jsonl changes.jsonl

    variorum watch https://example.org/world/rss.xml --once --atom changes.xml
    """
    from variorum.library.following import Manners, addresses_of

    with opened(library, reads=True) as shelf:
        for address in unfollow or ():
            shelf.unfollow(address)
        for given in feeds or ():
            for address, title in addresses_of(given):
                shelf.follow(address, title)
        if listing or unfollow:
            _list(shelf)
            return
        if not shelf.feeds():
            raise NothingToDo("no feed is followed yet: name one, or an OPML file")
        manners = Manners(every=every * 60, robots=not ignore_robots, pages=not summaries)
        listeners = _listeners(shelf, jsonl, webhook, webhook_private, mail_file, atom)
        _Watch(shelf, manners, listeners, quiet=quiet).run(once=once)


def _listeners(
    library: Library, jsonl: Path | None, webhook: str | None, private: bool, mail_file: Path | None, atom: Path | None
) -> list[Listener]:
    from variorum.intake.fetch import is_public
    from variorum.library import telling

    found: list[Listener] = []
    if jsonl is not None:
        found.append(telling.JsonLines(jsonl))
    if webhook is not None:
        found.append(telling.Webhook(webhook, library=library.name, allow=_any if private else is_public))
    if mail_file is not None:
        found.append(telling.Mailbox(mail_file, library))
    if atom is not None:
        from variorum.rest.watching import atom_of

        found.append(telling.AtomFile(atom, library, lambda changes: atom_of(changes, base="urn:variorum")))
    return found


def _any(_: object) -> bool:
    return True


class _Watch:
    """A watch over the feeds of a library."""

    def __init__(
        self,
        library: Library,
        manners: Manners,
        listeners: list[Listener],
        *,
        quiet: bool,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._library, self._manners, self._listeners = library, manners, listeners
        self._quiet, self._sleep = quiet, sleep
        self._since = library.last_change()

    def run(self, *, once: bool) -> None:
        """Visit what is due; again and again, unless once is enough."""
        from variorum.library.telling import tell_all

        since = self._since
        while True:
            for visit in self._library.poll(self._manners):
                self._tell(visit)
                for failure in tell_all(self._library, self._listeners, since=since):
                    errors.print(f"variorum: {failure}")
            settled = self._library.settle_if_due()
            if settled.moved and not self._quiet:
                with writing(None) as out:
                    tell_settled(self._library, settled, out)
            for failure in tell_all(self._library, self._listeners, since=since):
                errors.print(f"variorum: {failure}")
            if once:
                return
            self._sleep(self._until_due())

    def _until_due(self) -> float:
        due = min((feed.due or "" for feed in self._library.feeds()), default="")
        wait = (datetime.fromisoformat(due) - datetime.now(UTC)).total_seconds() if due else _LONGEST_SLEEP
        return min(max(wait, 1.0), _LONGEST_SLEEP)

    def _tell(self, visit: Visit) -> None:
        from variorum.views.terminal import library as view

        feed = visit.feed
        if feed.reason is not None:
            errors.print(
                f"variorum: {feed.address}: {feed.reason}; next visit {(feed.due or '')[:16].replace('T', ' ')}"
            )
        for refused in visit.refused:
            errors.print(f"variorum: {refused}")
        if self._quiet:
            return
        new = sum(addition.outcome != "known" for addition in visit.additions)
        if new:
            errors.print(f"variorum: {feed.title or feed.address}: {counted(new, 'report')}")
        changes = [change for addition in visit.additions for change in addition.changes]
        with writing(None) as out:
            for story in dict.fromkeys(change.story for change in changes):
                try:
                    title = self._library.story(story).title
                except NotInLibrary:
                    title = story  # it was merged into another one while it was told of
                console(out).print(f"{title}  {story}", highlight=False)
                own = [change for change in changes if change.story == story]
                view.render_changes(own, console=console(out), stories=False)


def _list(library: Library) -> None:
    for feed in library.feeds():
        state = f"{feed.failures} failures, {feed.reason}" if feed.reason else f"{counted(feed.added, 'report')}"
        due = (feed.due or "")[:16].replace("T", " ")
        typer.echo(f"{feed.address}  {feed.title or ''}  {state}; next visit {due}")


COMMANDS: tuple[Callable[..., None], ...] = (watch,)
