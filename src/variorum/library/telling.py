"""Telling changes to others: a file of JSON lines, a webhook, a mailbox, an Atom feed. Each is told every change once.

What each was told last stands in the library, so that a watch that was stopped goes on where it was. Of a file of JSON
lines its own last line says it, so that even a crash between the two repeats nothing.
"""

from __future__ import annotations

import hashlib
import json
import mailbox
import os
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import httpcore
import httpx

from variorum.errors import NothingToDo, NotInLibrary, VariorumError
from variorum.intake.fetch import Allow, checked_client, is_public
from variorum.model import LibraryChange, codec

if TYPE_CHECKING:
    from variorum.library.library import Library

AT_ONCE = 200
"""Changes told in one piece."""
TRIES = 3
"""Times that a webhook is tried before it is left for the next round."""
LATEST = 100
"""Changes that the Atom feed shows."""


class NotTold(VariorumError):
    """Somebody could not be told; he will be next time."""


class Listener(Protocol):
    """Somebody who is told of changes."""

    name: str
    """What he is known by from run to run."""

    def told_up_to(self) -> int | None:
        """The last change that he has by his own account; null where only the library knows."""
        ...

    def tell(self, changes: Sequence[LibraryChange]) -> None:
        """Tell changes, the earliest first.

        Raises:
            NotTold: he could not be reached; he has none of them.
        """
        ...


def setting_of(listener: Listener) -> str:
    """The setting in which a library keeps what a listener was told last."""
    return f"told {hashlib.blake2b(listener.name.encode(), digest_size=8).hexdigest()}"


def tell_all(library: Library, listeners: Sequence[Listener], *, since: int) -> list[NotTold]:
    """Tell every listener what he has not been told.

    Args:
        library: where the changes are.
        listeners: whom to tell.
        since: the last change before now, for one who was never told anything.

    Returns:
        Who could not be told, and why.
    """
    failed = []
    for listener in listeners:
        key = setting_of(listener)
        kept = library.store.setting(key)
        own = listener.told_up_to()
        after = own if own is not None else int(kept) if kept is not None else since
        try:
            while changes := library.changes(after, limit=AT_ONCE):
                listener.tell(changes)
                after = changes[-1].number
        except NotTold as error:
            failed.append(error)
        if str(after) != kept:
            with library.store.write() as tx:
                tx.put_setting(key, str(after))
    return failed


class JsonLines:
    """A file to which every change is appended, one JSON object a line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = f"jsonl {path.resolve()}"

    def told_up_to(self) -> int | None:
        """Number of the last whole line; a line that a crash cut off is taken away."""
        try:
            with self.path.open("r+b") as file:
                size = file.seek(0, os.SEEK_END)
                back = min(size, 1 << 20)
                file.seek(size - back)
                tail = file.read()
                whole = tail.rpartition(b"\n")[0]
                if tail and not tail.endswith(b"\n"):
                    file.truncate(size - back + (len(whole) + 1 if whole else 0))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise NothingToDo(f"{self.path}: {error.strerror}") from error
        last = whole.rpartition(b"\n")[2]
        try:
            return int(json.loads(last)["number"])
        except (ValueError, KeyError, TypeError):
            return None

    def tell(self, changes: Sequence[LibraryChange]) -> None:
        """Append them, and make sure that they are on the disk."""
        try:
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                file.write("".join(codec.to_json(change) + "\n" for change in changes))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise NotTold(f"{self.path}: {error.strerror}") from error


class Webhook:
    """An address to which changes are posted as JSON: ``{"library", "changes": […]}``."""

    def __init__(
        self,
        address: str,
        *,
        library: str,
        allow: Allow = is_public,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.address = address
        self.name = f"webhook {address}"
        self._library, self._allow, self._sleep = library, allow, sleep

    def told_up_to(self) -> None:
        """Only the library knows."""

    def tell(self, changes: Sequence[LibraryChange]) -> None:
        """Post them; tried again after one and after four seconds."""
        content = {"library": self._library, "changes": [codec.to_data(change) for change in changes]}
        reason = ""
        for attempt in range(TRIES):
            if attempt:
                self._sleep(4.0 ** (attempt - 1))
            try:
                with checked_client(self._allow) as client:
                    answer = client.post(self.address, json=content, headers={"Accept": "*/*"})
            except (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError, httpcore.TimeoutException) as error:
                reason = f"cannot be reached ({error})"
                continue
            if answer.is_success:
                return
            reason = f"answered {answer.status_code}"
            if answer.is_client_error and answer.status_code not in (408, 425, 429):
                break
        raise NotTold(f"{self.address}: {reason}")


class Mailbox:
    """A file in the mbox format, with one message for each story that changed: for a mail program or a forwarder."""

    def __init__(self, path: Path, library: Library) -> None:
        self.path = path
        self.name = f"mail {path.resolve()}"
        self._library = library

    def told_up_to(self) -> None:
        """Only the library knows."""

    def tell(self, changes: Sequence[LibraryChange]) -> None:
        """Append a message for each story."""
        by_story: dict[str, list[LibraryChange]] = {}
        for change in changes:
            by_story.setdefault(change.story, []).append(change)
        try:
            box = mailbox.mbox(self.path)
            box.lock()
            try:
                for story, own in by_story.items():
                    box.add(self._message(story, own))
                box.flush()
            finally:
                box.unlock()
                box.close()
        except (OSError, mailbox.Error) as error:
            raise NotTold(f"{self.path}: {error}") from error

    def _message(self, story: str, changes: Sequence[LibraryChange]) -> EmailMessage:
        try:
            title = self._library.story(story).title
        except NotInLibrary:
            title = story
        message = EmailMessage()
        message["From"] = "Variorum <variorum@localhost>"
        message["To"] = "desk@localhost"
        message["Subject"] = f"{_one_line(title)}: {_one_line(changes[-1].text)}"[:200]
        message["Date"] = format_datetime(datetime.fromisoformat(changes[-1].when))
        message["Message-ID"] = f"<{changes[0].number}-{changes[-1].number}.{story}@variorum.invalid>"
        lines = [f"- {change.text}" for change in changes]
        message.set_content(f"{title}\nvariorum show {story}\n\n" + "\n".join(lines) + "\n")
        return message


def _one_line(text: str) -> str:
    return " ".join(text.split())


class AtomFile:
    """An Atom feed of the latest changes, put in place whole."""

    def __init__(self, path: Path, library: Library, make: Callable[[tuple[LibraryChange, ...]], bytes]) -> None:
        self.path = path
        self.name = f"atom {path.resolve()}"
        self._library, self._make = library, make

    def told_up_to(self) -> None:
        """Only the library knows."""

    def tell(self, changes: Sequence[LibraryChange]) -> None:
        """Write the feed anew, up to the last of these changes and whatever came since."""
        after = max(0, self._library.last_change() - LATEST)
        content = self._make(self._library.changes(after, limit=LATEST))
        partial = self.path.with_name(f"{self.path.name}.part")
        try:
            partial.write_bytes(content)
            partial.replace(self.path)
        except OSError as error:
            raise NotTold(f"{self.path}: {error.strerror}") from error
