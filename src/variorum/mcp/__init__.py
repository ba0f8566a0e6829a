"""The MCP server: search, story, record and evidence for an assistant that cites word for word.

server    make_server: the tools and resources over a library
answers   what they answer: typed, bounded, with the exact words and their citations
"""

from variorum.mcp.server import make_server

__all__ = ["make_server"]
