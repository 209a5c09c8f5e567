"""The plugin contract: facts that plugins yield, decorators, and calls of plugin functions. Pure."""
