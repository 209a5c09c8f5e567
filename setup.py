"""Packages and their files: `pyproject.toml` cannot both find packages and map folders to names."""

from pathlib import Path

from setuptools import find_namespace_packages, setup

# `netnotes demo` needs the example vault in the wheel; its files are named one by one, since globs pass over dotfiles.
EXAMPLE = Path("examples/vault")
# A folder of data that could be a package is named as one, else the build warns.
FOLDERS = [f"netnotes.example_vault.{each.name}" for each in sorted(EXAMPLE.iterdir()) if each.name.isidentifier()]

setup(
    packages=[
        *find_namespace_packages(include=["netnotes", "netnotes.*"], exclude=["*.__pycache__"]),
        "netnotes_plugins",
        "netnotes.example_vault",
        *FOLDERS,
    ],
    package_dir={"netnotes_plugins": "plugins", "netnotes.example_vault": str(EXAMPLE)},
    package_data={
        "netnotes": ["py.typed"],
        "netnotes.plugin_host": ["scaffolds/*.txt"],
        "netnotes.map": ["web/*", "web/*/*.js"],
        "netnotes.text.lexicon": ["languages/*.txt", "given_names.txt", "date_names.txt"],
        "netnotes.example_vault": [str(file.relative_to(EXAMPLE)) for file in EXAMPLE.rglob("*") if file.is_file()],
    },
)
