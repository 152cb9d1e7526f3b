"""The server: the tools on standard input and output, by the protocol's own SDK."""

import json
from typing import Any

import anyio
import anyio.to_thread
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mlsysim_core.errors import MLSysimError, nearest

from .._version import version
from ..answers._schema import description_schema
from ._errors import Refusal, check, explained
from ._inputs import defaults
from ._tools import TOOLS

__all__ = ["run"]

_INSTRUCTIONS = (
    "mlsysim predicts from first principles how fast machine-learning models run on machines, "
    "whether they fit, and what they cost. It measures nothing and needs no network; equal "
    "questions have equal answers. Check names with validate_names or search_zoo. An error says "
    "which parameter is wrong, what is allowed and what is nearest."
)
_SCHEMAS = ("hardware", "model", "scenario", "plan", "result")
_PREFIX = "mlsysim://schema/"


def run() -> None:
    """Serve until standard input ends."""
    try:
        anyio.run(_serve)
    except BaseExceptionGroup as group:
        if group.split(BrokenPipeError)[1] is None:
            raise BrokenPipeError from None  # the agent has gone
        raise


async def _serve() -> None:
    server: Server[Any] = Server(
        "mlsysim",
        version=version(),
        instructions=_INSTRUCTIONS,
        on_list_tools=_tools,
        on_call_tool=_call,
        on_list_resources=_resources,
        on_read_resource=_read,
    )
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


async def _tools(_: Any, __: Any) -> types.ListToolsResult:
    hints = types.ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    return types.ListToolsResult(
        tools=[
            types.Tool(
                name=tool.name,
                description=tool.about,
                input_schema=tool.takes,
                output_schema=tool.gives,
                annotations=hints,
            )
            for tool in TOOLS.values()
        ]
    )


async def _call(_: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:
    try:
        found = await anyio.to_thread.run_sync(_answered, asked.name, asked.arguments or {})
    except Refusal as refusal:
        return _result({"error": refusal.record}, is_error=True)
    return _result(found, is_error=False)


def _result(document: dict[str, Any], *, is_error: bool) -> types.CallToolResult:
    text = types.TextContent(type="text", text=json.dumps(document, allow_nan=False))
    return types.CallToolResult(content=[text], structured_content=document, is_error=is_error)


def _answered(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    tool = TOOLS.get(name)
    if tool is None:
        close = nearest(name, TOOLS)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        message = f"no tool {name!r}: choose {', '.join(TOOLS)}{hint}"
        raise Refusal("UnknownTool", message, "name", name, list(TOOLS), close)
    check(arguments, tool.takes)
    try:
        return tool.answer(defaults(tool.takes) | arguments)
    except MLSysimError as error:
        raise explained(error, arguments) from error


async def _resources(_: Any, __: Any) -> types.ListResourcesResult:
    return types.ListResourcesResult(
        resources=[
            types.Resource(
                uri=f"{_PREFIX}{name}",
                name=f"{name}.schema.json",
                description=f"JSON Schema of a {name}.",
                mime_type="application/schema+json",
            )
            for name in _SCHEMAS
        ]
    )


async def _read(_: Any, asked: types.ReadResourceRequestParams) -> types.ReadResourceResult:
    name = str(asked.uri).removeprefix(_PREFIX)
    if name not in _SCHEMAS:
        known = ", ".join(f"{_PREFIX}{one}" for one in _SCHEMAS)
        raise MCPError(types.INVALID_PARAMS, f"no resource {str(asked.uri)!r}: choose {known}")
    text = json.dumps(description_schema(name))
    contents = types.TextResourceContents(
        uri=str(asked.uri), mime_type="application/schema+json", text=text
    )
    return types.ReadResourceResult(contents=[contents])
