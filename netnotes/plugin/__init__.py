"""The plugin contract: what plugins yield, the decorators, and how their functions are called. Pure."""
