"""Bash completion as in click, but with spaces, apostrophes and the like quoted, which bash does not do itself."""

from __future__ import annotations

import os
import re

from click.shell_completion import BashComplete, CompletionItem, add_completion_class

_SPECIAL = re.compile(r"([^\w@%+=:,./~-])")
SOURCE = """\
%(complete_func)s() {
    local IFS=$'\\n' kind value answer
    answer=$(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD %(complete_var)s=bash_complete "$1")
    COMPREPLY=()
    while IFS=',' read -r kind value; do
        case $kind in
            plain) COMPREPLY+=("$value") ;;
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
        esac
    done <<< "$answer"
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""
"""The lines that go into ~/.bashrc."""


class QuotingBashComplete(BashComplete):
    """Offers each value quoted as it must be typed."""

    source_template = SOURCE

    def format_completion(self, item: CompletionItem) -> str:
        """Return `kind,value`; inside quotes the value is unchanged."""
        words = os.environ.get("COMP_WORDS", "").split("\n")
        at = int(os.environ.get("COMP_CWORD", "0"))
        quoted = at < len(words) and words[at][:1] in ("'", '"')
        value = str(item.value)
        if item.type == "plain" and not quoted:
            value = _SPECIAL.sub(r"\\\1", value)
        return f"{item.type},{value}"


def register() -> None:
    """Register this completion with click."""
    add_completion_class(QuotingBashComplete)
