"""What holds for every test: the same examples on every run, and nobody's own folders touched."""

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ("netnotes.testing.fixtures",)

settings.register_profile("same", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory, monkeypatch):
    """Keep journal, cache and trust of a test apart from those of whoever runs it."""
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path_factory.mktemp("data")))
    monkeypatch.setenv("NETNOTES_CACHE", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.delenv("NETNOTES_VAULT", raising=False)
    monkeypatch.delenv("NETNOTES_PLUGINS", raising=False)
