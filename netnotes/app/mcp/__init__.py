"""An MCP server that opens a vault to an assistant; needs the extra `mcp`."""
