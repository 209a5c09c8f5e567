"""Packages are found here, since `pyproject.toml` cannot both find packages and map `plugins/` to a name."""

from setuptools import find_packages, setup

setup(packages=[*find_packages(include=["netnotes", "netnotes.*"]), "netnotes_plugins"])
