"""ZIP archives of any of the other formats, with bounds that a zip bomb meets before the memory does."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

from variorum.errors import IntakeError
from variorum.intake.decode import LARGEST
from variorum.intake.formats import Taken

MOST_MEMBERS = 100_000
HIGHEST_RATIO = 200
"""Unpacked to packed size of one member; text packs to a tenth or so."""
LARGEST_TOTAL = 4 * 2**30
"""Bytes that one archive may unpack to in all."""


def reports_from_zip(content: bytes, *, where: str, open_member: Callable[..., Iterator[Taken]]) -> Iterator[Taken]:
    """The reports of an archive's members, in the order of their names. An archive inside it is refused.

    Args:
        content: the archive.
        where: the archive as a message should name it.
        open_member: makes reports of a member's bytes (``reports_from_bytes``).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = sorted((m for m in archive.infolist() if not m.is_dir()), key=lambda m: m.filename)
            if len(members) > MOST_MEMBERS:
                yield IntakeError(where, f"an archive of {len(members)} files (at most {MOST_MEMBERS} are read)")
                return
            total = 0
            for member in members:
                named = f"{where}: {member.filename}"
                if _hidden(member.filename):
                    continue
                total += member.file_size
                reason = _refusal(member, total)
                if reason:
                    yield IntakeError(named, reason)
                    continue
                try:
                    unpacked = archive.read(member)
                except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
                    yield IntakeError(named, f"cannot be unpacked ({error})")
                    continue
                if unpacked.startswith(b"PK\x03\x04"):
                    yield IntakeError(named, "an archive inside an archive is not read")
                    continue
                yield from open_member(unpacked, where=named, named=member.filename)
    except zipfile.BadZipFile as error:
        yield IntakeError(where, f"not readable as ZIP ({error})")


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _refusal(member: zipfile.ZipInfo, total: int) -> str | None:
    if member.flag_bits & 1:
        return "encrypted"
    if member.file_size > LARGEST:
        return f"{member.file_size / 2**20:.0f} MB, over the limit of {LARGEST / 2**20:.0f} MB"
    if member.file_size > HIGHEST_RATIO * max(member.compress_size, 1024):
        return "packed too densely to be text"
    if total > LARGEST_TOTAL:
        return "the archive unpacks to too much"
    return None
