"""The small vault of the tests of writing."""

from tests.writing.conftest import another, desk

__all__ = ["another", "desk"]
