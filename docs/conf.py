"""Settings of the documentation site, which `.ci/docs` builds. The pages are plain Markdown and need none of this.

The index stays a list of links that a code host can show; the site's table of contents is made from it here.
"""

from __future__ import annotations

import os
import posixpath
import re
import sys
from importlib.metadata import version as installed_version
from pathlib import Path

from sphinx.application import Sphinx

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

REPOSITORY = os.environ.get("NETNOTES_REPOSITORY", "").rstrip("/")
"""Address of the project's files, for links to those outside `docs/`; without one they are paths, not links."""
PICTURE = re.compile(r"!\[[^\]]*\]\(map\.png\)")
LIVE_MAP = "example-map.html"
FRAME = f"""```{{raw}} html
<iframe src="{LIVE_MAP}" title="The example map" style="width:100%;height:36rem;border:1px solid #8884"></iframe>
```"""

project = "NetNotes"
author = "The NetNotes authors"
project_copyright = "The NetNotes authors, MIT"
release = version = installed_version("netnotes")

extensions = ["myst_parser", "from_code"]
root_doc = "index"
exclude_patterns = ["_build"]
myst_heading_anchors = 4
myst_enable_extensions = ["deflist"]
# Blocks of output may hold `…` where a language has none.
suppress_warnings = ["misc.highlighting_failure"]

html_theme = "furo"
html_title = "NetNotes"
html_copy_source = False
html_static_path = ["site.css"]
html_css_files = ["site.css"]


def contents(index: str, pages: set[str]) -> str:
    """Return the hidden tables of contents of the site: the index's links under its headings, then all other pages."""
    listed: set[str] = set()
    tables = []
    for section in re.split(r"^## ", index, flags=re.MULTILINE)[1:]:
        links = dict.fromkeys(re.findall(r"^- \[[^\]]*\]\(([\w/-]+)\.md\)", section, re.MULTILINE))
        if names := [name for name in links if name not in listed]:
            tables.append((section.partition("\n")[0].strip(), names))
            listed.update(names)
    rest = sorted(page for page in pages - listed - {root_doc} if "/" not in page)
    if rest:
        tables.append(("More", rest))
    return "".join(
        f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n" + "\n".join(names) + "\n```\n"
        for caption, names in tables
    )


def outside_links(page: str, text: str) -> str:
    """Return `text` with links to files outside `docs/` led to the repository, or as paths in it."""

    def lead(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join("docs", posixpath.dirname(page), link[2]))
        if target.startswith("docs/"):
            return link[0]
        return f"[{link[1]}]({REPOSITORY}/{target})" if REPOSITORY else f"{link[1]} (`{target}`)"

    return re.sub(r"\[([^\[\]]*)\]\(((?:\.\./)+[^)\s]*)\)", lead, text)


def prepare(app: Sphinx, page: str, source: list[str]) -> None:
    """Add to a page what only the site has."""
    text = outside_links(page, source[0])
    if page == root_doc:
        text = PICTURE.sub(FRAME, text) + contents(text, app.env.found_docs)
    elif page == "plugins/README":
        text += "\n```{toctree}\n:hidden:\n:glob:\n\n*\n```\n"
    source[0] = text


def draw_example(app: Sphinx, failure: Exception | None) -> None:
    """Draw the map of the example vault beside the first page."""
    from netnotes.cli import program

    if failure is None and app.builder.format == "html":
        vault, target = HERE.parent / "examples" / "vault", Path(app.outdir) / LIVE_MAP
        target.unlink(missing_ok=True)
        arguments = ["--no-cache", "graph", str(vault), "--as-of", "2026-06-30", "--no-open", "--output", str(target)]
        program.main(arguments, standalone_mode=False)


def setup(app: Sphinx) -> None:
    """Register what this file adds."""
    app.connect("source-read", prepare)
    app.connect("build-finished", draw_example)
