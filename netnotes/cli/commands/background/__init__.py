"""Commands that run until they are stopped (`watch`, `mcp`), and about what runs (`status`, `service`)."""
