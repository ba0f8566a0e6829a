"""What a storage says of a file by which a change would show, without reading it."""

from __future__ import annotations

import fsspec

_TELLING = ("ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "updated", "created")
"""What storages call a tag of the content, or the time of its last change; the surest first."""


def stamp_of(url: str) -> str:
    """Size and tag or time of a file; empty where the storage gives neither, or is silent."""
    try:
        storage, path = fsspec.core.url_to_fs(url)
        info = storage.info(path)
    except (OSError, ValueError, ImportError, RuntimeError):
        return ""
    telling = next((str(info[name]) for name in _TELLING if info.get(name) is not None), "")
    return f"{info.get('size')} {telling}" if telling else ""
