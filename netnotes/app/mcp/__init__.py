"""A vault for an assistant: an MCP server (an extra)."""
