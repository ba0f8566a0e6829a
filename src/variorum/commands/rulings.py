"""Commands by which people correct records: rule, unrule, rulings."""

from __future__ import annotations

import enum
import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from variorum.commands.library import ListFormat, Where, opened
from variorum.commands.shared import console, counted, errors, line, writing
from variorum.errors import BadRuling, NothingToDo


class RulingKindName(enum.StrEnum):
    """What can be ruled."""

    one_actor = "one-actor"
    two_actors = "two-actors"
    not_a_statement = "not-a-statement"
    speaker = "speaker"
    same_story = "same-story"
    other_story = "other-story"
    one_origin = "one-origin"
    immaterial = "immaterial"


Who = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", envvar="VARIORUM_NAME", help="Who decides; by default your user name.", show_default=False
    ),
]
Why = Annotated[str, typer.Option(metavar="REASON", help="The reason; it is shown with the ruling.")]


def rule(
    kind: Annotated[RulingKindName, typer.Argument(help="What is decided.")],
    library: Where = None,
    who: Who = None,
    why: Why = "",
    story: Annotated[
        str | None, typer.Option(metavar="STORY", help="The story that it holds in; names without it: in all stories.")
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option(help="one-actor, two-actors: a name as reports write it; give two or more.")
    ] = None,
    words: Annotated[
        str | None, typer.Option(help="not-a-statement, speaker: the quoted words, as the report has them.")
    ] = None,
    statement: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="not-a-statement, speaker: instead of words, the id of a statement in the record of --story: all its variants.",
        ),
    ] = None,
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="speaker: who said them.")] = None,
    report: Annotated[
        list[str] | None,
        typer.Option(help="The report that has the words; same-story, other-story, one-origin: give two or more."),
    ] = None,
    difference: Annotated[
        str | None, typer.Option(metavar="ID", help="immaterial: the difference's id in the record of --story.")
    ] = None,
) -> None:
    """Correct the record: the ruling is applied whenever the record is made, and can be taken back.

    one-actor: the names stand for one person or body. two-actors: each stands for its own. not-a-statement: the words
    quote nobody. speaker: this one said them. same-story: the reports tell one event. other-story: the first report is
    not of the story of the others. one-origin: the reports descend from one text. immaterial: the difference does not
    matter.

    Examples:

    variorum rule one-actor --story s7c33f --name "Arben Krosi" --name "Arben Crosi" --why "one man, two spellings"

    variorum rule speaker --report r7e95e8a292 --words "Portugal has no vote there" --speaker "Inês Valadares"

    variorum rule speaker --story s7c33f --statement statement-4 --speaker "Inês Valadares"

    variorum rule immaterial --story s7c33f --difference difference-4
    """
    from variorum.library.deciding import summary
    from variorum.model import Words

    with opened(library) as shelf:
        chosen = shelf.find_story(story).id if story else None
        place, also = None, tuple[Words, ...]()
        reports = tuple(report or ())
        if words is not None:
            if len(reports) != 1:
                raise BadRuling("report", "name the one report that has the words")
            text = shelf.report(reports[0]).text
            start = max(text.find(words), 0)
            place = Words(report=reports[0], start=start, end=start + len(words), text=words)
            reports = ()
        if statement is not None:
            if chosen is None or words is not None:
                raise BadRuling("statement", "is one of the record of --story, and takes the place of --words")
            place, *others = shelf.statement_words(chosen, statement)
            also = tuple(others)
        made = shelf.rule(
            kind.value,
            who=who or getpass.getuser(),
            why=why,
            story=chosen,
            names=tuple(name or ()),
            words=place,
            also=also,
            speaker=speaker,
            reports=reports,
            difference=difference,
        )
        typer.echo(f"{made.id}: {summary(made)}")


def unrule(
    ruling: Annotated[str, typer.Argument(metavar="RULING", help="The ruling's id.")],
    library: Where = None,
    who: Who = None,
    why: Why = "",
) -> None:
    """Take a ruling back: what the program found holds again. The ruling is kept, with who took it back and why.

    Example:

    variorum unrule u96030a4dbb62 --why "they are two after all"
    """
    from variorum.library.deciding import summary

    with opened(library) as shelf:
        undone = shelf.undo(ruling, who=who or getpass.getuser(), why=why)
        typer.echo(f"{undone.id}: undone: {summary(undone)}")


def rulings(
    story: Annotated[str | None, typer.Argument(metavar="STORY", help="Only those that bear on this story.")] = None,
    library: Where = None,
    holding: Annotated[bool, typer.Option("--holding", help="Only those that were not taken back.")] = False,
    take: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help='Take in what "variorum export rulings" wrote.')
    ] = None,
    format: Annotated[ListFormat, typer.Option(help="text for people, json for programs.")] = ListFormat.text,
) -> None:
    """What people decided, with who, when and why.

    Examples:

    variorum rulings --holding

    variorum rulings --import rulings.jsonl
    """
    from variorum.library.deciding import summary
    from variorum.model import codec
    from variorum.views.terminal import library as view

    with opened(library) as shelf, writing(None) as out:
        if take is not None:
            try:
                taken = shelf.import_rulings(take.read_text("utf-8"))
            except (OSError, UnicodeDecodeError) as error:
                raise NothingToDo(f"{take}: {getattr(error, 'strerror', None) or 'not text'}") from error
            errors.print(f"variorum: {counted(taken, 'ruling')} taken in")
            return
        found = shelf.rulings(shelf.find_story(story).id if story else None, holding)
        if format is ListFormat.json:
            line(out, "[" + ",".join(codec.to_json(one) for one in found) + "]")
        else:
            view.render_rulings(found, (summary(one) for one in found), console=console(out))


COMMANDS: tuple[Callable[..., None], ...] = (rule, unrule, rulings)
