"""A vault on disk with plugin files."""

from tests.plugin_host.conftest import home

__all__ = ["home"]
