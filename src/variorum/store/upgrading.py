"""Brings a library's schema to what this program expects."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import as_file, files

from sqlalchemy import Connection, Engine, inspect, text

from variorum.errors import StoreError
from variorum.store.dialects import take_turn, write_ahead
from variorum.store.entering import Progress


def head() -> str:
    """Number of the newest step."""
    names = (entry.name for entry in files("variorum.store.migrations").joinpath("versions").iterdir())
    return max(name[:4] for name in names if name[:4].isdigit())


def version(connection: Connection) -> str | None:
    """Number of the step that a library stands at; null for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(writer: Engine) -> None:
    """Take the steps that a library lacks, all or none.

    Raises:
        StoreError: the library was written by a newer program, or the tables there are another program's.
    """
    wanted = head()
    with writer.connect() as connection:
        with connection.begin():
            if _foreign(connection):
                raise StoreError("it holds another program's tables; a library needs a file or a database of its own")
            found = version(connection)
        if found is not None and found > wanted:
            newer = f"it was written by a newer Variorum (schema {found}, this one knows {wanted})"
            raise StoreError(f"{newer}; bring this program up to date")
        write_ahead(connection)
        if found != wanted:
            with connection.begin():
                take_turn(connection)
                _run(connection)


def index_lines(say: Callable[[str], None]) -> Progress:
    """Tells in lines that a search index is made anew: when it begins, and each tenth.

    Args:
        say: writes a line.
    """
    tenths = -1

    def tell(done: int, every: int) -> None:
        nonlocal tenths
        if tenths < 0:
            say(f"the search index of this older library is made anew, once: {every:,} entries")
        if 10 * done // every > tenths:
            tenths = 10 * done // every
            say(f"search index: {10 * tenths} % done")

    return tell


def _foreign(connection: Connection) -> bool:
    """Whether tables are there that no Variorum made."""
    names = set(inspect(connection).get_table_names())
    return bool(names) and not names >= {"alembic_version", "settings", "stories", "reports"}


def _run(connection: Connection) -> None:
    """Alembic is loaded only here: most openings need no step."""
    from alembic import command
    from alembic.config import Config

    with as_file(files("variorum.store.migrations")) as folder:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        command.upgrade(config, "head")
