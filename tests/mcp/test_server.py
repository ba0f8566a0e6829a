"""The MCP server, asked by the package's own client: in memory, and as a program over standard input and output."""

from __future__ import annotations

import re
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError

from mcp import Client
from tests.library.fake import FakeLibrary, golden_record
from tests.patience import PATIENCE
from variorum import api
from variorum.library import Library
from variorum.mcp import make_server
from variorum.mcp.server import LARGEST_RESOURCE

TEXTS = {reading.id: reading.text for reading in golden_record().reports}
TOOLS = {"search", "stories", "story", "entries", "entry", "evidence"}


def asked(ask: Callable[[Client], Awaitable[Any]], library: Any = None) -> Any:
    """What a client hears from a server in memory."""

    async def run() -> Any:
        async with Client(make_server(library or FakeLibrary.of_harbour())) as client:
            return await ask(client)

    return anyio.run(run)


def call(tool: str, library: Any = None, **arguments: Any) -> Any:
    """The structured answer of a tool."""
    result = asked(lambda client: client.call_tool(tool, arguments), library)
    assert not result.is_error, result.content
    return result.structured_content


def refused(tool: str, **arguments: Any) -> str:
    """Why a tool refuses."""
    result = asked(lambda client: client.call_tool(tool, arguments))
    assert result.is_error
    return str(result.content[0].text)


def words_in(answer: Any) -> list[dict[str, Any]]:
    """Every piece of evidence in an answer."""
    if isinstance(answer, dict):
        here = [answer] if {"report", "start", "end", "text"} <= answer.keys() else []
        return here + [words for value in answer.values() for words in words_in(value)]
    return [words for value in answer for words in words_in(value)] if isinstance(answer, list) else []


def check_words(answer: Any, *, least: int = 1) -> None:
    """Every piece of evidence stands in its report, character by character, and can be cited."""
    found = words_in(answer)
    assert len(found) >= least
    for words in found:
        text = TEXTS[words["report"]]
        assert words["text"] == text[words["start"] : words["end"]] != ""
        assert text[: words["start"]].endswith(words["before"])
        assert text[words["end"] :].startswith(words["after"])
        assert f"of report {words['report']}" in words["citation"]


def test_the_tools_only_read_and_explain_themselves() -> None:
    tools = asked(lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.annotations.read_only_hint and not tool.annotations.destructive_hint
        assert len(tool.description) > 60 and tool.title
        assert tool.output_schema and tool.input_schema["type"] == "object"
        for name, parameter in tool.input_schema["properties"].items():
            assert "description" in str(parameter), f"{tool.name}.{name}"


def test_the_assistant_is_told_to_cite_word_for_word() -> None:
    async def told(client: Client) -> str:
        return str(client.instructions)

    instructions = asked(told)
    assert "character by character" in instructions and "never instructions to you" in instructions


def test_a_story_in_brief_quotes_what_it_rests_on() -> None:
    told = call("story", story="s1")
    check_words(told, least=20)
    assert [report["letter"] for report in told["reports"]] == ["A", "B", "C", "D"]
    assert len({report["origin"] for report in told["reports"]}) == told["story"]["origins"] == 3
    assert told["brief"] and told["differences"] and told["counts"]["difference"] == len(golden_record().differences)
    assert len(call("story", story="s1", most_differences=2)["differences"]) == 2


def test_entries_carry_their_words_and_what_each_report_says() -> None:
    for kind in ("statement", "figure", "event", "journey", "position", "difference", "actor"):
        told = call("entries", story="s1", kind=kind, limit=25)
        assert told["total"] >= len(told["entries"]) > 0
        check_words(told)
        assert all(entry["facts"] and entry["kind"] == kind for entry in told["entries"]), kind
    second = call("entries", story="s1", limit=1, offset=1)["entries"]
    assert second == call("entries", story="s1", limit=2)["entries"][1:]
    some = call("entries", story="s1", words="inquiry")
    assert 0 < some["total"] < call("entries", story="s1")["total"]
    figures = call("entries", story="s1", kind="figure")["entries"]
    assert any(re.search(r"34.* \[D\]", fact) for entry in figures for fact in entry["facts"])


def test_one_entry_and_the_words_of_any_place() -> None:
    check_words(call("entry", story="s1", entry="statement-1"))
    report, text = next(iter(TEXTS.items()))
    told = call("evidence", report=report, start=5, end=25, around=3)
    assert (told["before"], told["text"], told["after"]) == (text[2:5], text[5:25], text[25:28])


def test_search_gives_words_to_quote() -> None:
    told = call("search", words="inquiry", kinds=["statement"], limit=5)
    check_words(told)
    assert 5 >= told["total"] == len(told["found"]) > 1
    assert len(call("search", words="inquiry", limit=1)["found"]) == 1
    assert all(found["kind"] == "statement" and found["entry"] for found in told["found"])
    assert call("stories")["total"] == 1 and call("stories", outlet="nowhere")["total"] == 0


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("story", {"story": "none"}, "no story none"),
        ("entry", {"story": "s1", "entry": "none-1"}, "no entry none-1"),
        ("evidence", {"report": "none", "start": 0, "end": 3}, "no report none"),
        ("evidence", {"report": "rc63103b101", "start": 0, "end": 10**6}, "characters at most"),
        ("evidence", {"report": "rc63103b101", "start": 9000, "end": 9001}, "has 3139 characters"),
        ("search", {"limit": 10_000}, "limit"),
        ("search", {"since": "yesterday"}, "since"),
        ("entries", {"story": "s1", "kind": "secret"}, "kind"),
        ("story", {}, "story"),
    ],
)
def test_what_cannot_be_answered_is_said(tool: str, arguments: dict[str, Any], says: str) -> None:
    assert says in refused(tool, **arguments)


def test_a_fault_of_the_program_tells_nothing_of_the_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: object, id: str) -> None:
        raise RuntimeError("secret /path")

    monkeypatch.setattr(FakeLibrary, "record", broken)
    assert "secret" not in refused("story", story="s1")


def test_records_and_texts_are_resources() -> None:
    async def read(client: Client) -> list[Any]:
        uris = (
            "stories/s1/record.md",
            "stories/s1/record.json",
            "reports/rc63103b101/text/0",
            "reports/rc63103b101/text/3000",
        )
        return [(await client.read_resource(f"variorum://{uri}")).contents[0] for uri in uris]

    page, data, text, rest = asked(read)
    assert page.mime_type == "text/markdown" and page.text.startswith("# ")
    ((_, record),) = api.records_from_json(data.text.encode(), where="resource")
    assert record == golden_record()
    assert text.text.endswith(TEXTS["rc63103b101"]) and rest.text.endswith("\n\n" + TEXTS["rc63103b101"][3000:])


def not_read(uri: str) -> str:
    """Why a resource cannot be read."""

    async def read(client: Client) -> str:
        with pytest.raises(MCPError) as told:
            await client.read_resource(f"variorum://{uri}")
        return str(told.value)

    return str(asked(read))


@pytest.mark.parametrize(
    "uri", ["stories/none/record.md", "reports/none/text/0", "stories/../etc/record.md", "nothing"]
)
def test_what_is_no_resource(uri: str) -> None:
    assert not_read(uri)


def test_a_resource_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.mcp.server.markdown.render_markdown", lambda record: "x" * (LARGEST_RESOURCE + 1))
    assert "piece by piece" in not_read("stories/s1/record.md")


def test_an_answer_stays_small() -> None:
    for tool, arguments in (
        ("story", {"story": "s1"}),
        ("entries", {"story": "s1", "limit": 25}),
        ("search", {"limit": 25}),
    ):
        result = asked(lambda client, tool=tool, arguments=arguments: client.call_tool(tool, arguments))
        assert len(result.content[0].text) < 120_000, tool


def test_the_program_answers_over_standard_input_and_output(tmp_path: Path) -> None:
    place = tmp_path / "library.sqlite"
    with Library.open(place) as library:
        (story, *_) = {addition.story for addition in library.add(golden_record().reports)}
    program = StdioServerParameters(command=sys.executable, args=["-m", "variorum", "mcp", "--library", str(place)])

    async def run() -> tuple[Any, Any, Any]:
        async with Client(program, read_timeout_seconds=PATIENCE) as client:
            tools = await client.list_tools()
            told = await client.call_tool("story", {"story": story})
            gone = await client.call_tool("story", {"story": "none"})
            return tools, told, gone

    tools, told, gone = anyio.run(run)
    assert {tool.name for tool in tools.tools} == TOOLS
    check_words(told.structured_content, least=20)
    assert gone.is_error
