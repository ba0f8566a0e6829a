"""The body of a request: counted as it comes in, and not waited for without end."""

from __future__ import annotations

import time

import anyio
from starlette.types import Message, Receive


class BodyRefused(Exception):
    """The body is too large (413) or too slow (408)."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class BoundedBody:
    """A ``receive`` that ends the request once its body is over the limit or late.

    Frameworks turn an exception while reading into an answer of their own; ``refused`` keeps what really happened.
    """

    def __init__(self, receive: Receive, *, largest: int, seconds: float) -> None:
        self._receive = receive
        self._largest = largest
        self._deadline = time.monotonic() + seconds
        self._size = 0
        self._whole = False
        self.refused: BodyRefused | None = None

    async def __call__(self) -> Message:
        if self._whole:
            return await self._receive()  # only news of the client's leaving can still come
        message: Message | None = None
        with anyio.move_on_after(max(0.0, self._deadline - time.monotonic())):
            message = await self._receive()
        if message is None:
            raise self._refuse(408, "the body of the request did not arrive in time")
        self._size += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._size > self._largest:
            raise self._refuse(413, over(self._largest))
        return message

    def _refuse(self, status: int, reason: str) -> BodyRefused:
        self.refused = BodyRefused(status, reason)
        return self.refused


def over(largest: int) -> str:
    """What to say of a body that is over a limit."""
    limit = f"{largest / 2**20:.0f} MB" if largest >= 2**20 else f"{largest / 1024:.0f} kB"
    return f"the body is over the limit of {limit}"
