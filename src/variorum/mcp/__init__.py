"""The MCP server: search, story, record and evidence for an assistant that cites word for word."""
