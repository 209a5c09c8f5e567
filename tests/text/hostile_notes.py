"""Notes that mean harm, or come from a broken disk: each a title and what it is made of, as long as one likes."""

from collections.abc import Iterator

UNITS = {
    "brackets": "[",
    "open links": "[[",
    "open links with a letter": "[[a",
    "open links with a bar": "[[a|",
    "embeds": "![[",
    "closing links": "]]",
    "links": "[[Ada]] ",
    "lines of links": "- [[Ada]]\n",
    "paragraphs of links": "[[A]]\n\n",
    "headings of links": "# [[A]]\n",
    "links and code": "- [[A]] `x`\n",
    "links and HTML": "- [[A]] <b>\n",
    "links and blanks": "[[A]]" + " " * 200,
    "links and colons": "[[A]]:  ",
    "links with a length": "[[A]] (1h) ",
    "hashes": "#",
    "tags": "#a ",
    "tags without end": "#a/",
    "stars": "*",
    "emphasis": "*a ",
    "strong": "a**b",
    "underscores": "_a",
    "strikes": "~~a",
    "backticks": "`",
    "fences": "```\n",
    "fences with code": "```\nx\n```\n",
    "indented code": "    a\n",
    "images": "![a](b",
    "open addresses": "[a](",
    "brackets and braces": "[](()",
    "references": "[a]: b\n",
    "footnotes": "[^a]: b\n",
    "tags of HTML": "<a ",
    "comments of HTML": "<!-- ",
    "instructions": "<?",
    "CDATA": "<![CDATA[",
    "declarations": "<!A",
    "formulas": "$a",
    "formulas of lines": "$$\n",
    "comments": "%% a\n",
    "lone comment marks": "%%\n",
    "quotes": ">",
    "quoted lines": "> " * 50 + "x\n",
    "callouts": "> [!a] b\n\n",
    "tasks": "- [ ] a\n",
    "tasks in a line": "- [ ] ",
    "lists": "- ",
    "numbered lists": "1. ",
    "underlined headings": "a\n=\n",
    "rules": "---\n",
    "dashes": "-",
    "rows": "| a |\n",
    "newlines": "\n",
    "spaces": " ",
    "tabs": "\t",
    "form feeds": "\x0c\n",
    "returns": "\r",
    "both line ends": "a\r\nb\n",
    "separators": "a\u2028b\u2029c\x85",
    "blanks of other lands": "\u00a0\u3000",
    "entities": "&amp;",
    "escapes": "\\[",
    "addresses": "http://a.b/ ",
    "fields": "a::",
    "fields in parentheses": "(a::",
    "fields with links": "[a:: [[",
    "lines of fields": "- a:: b\n",
    "colons": ":",
    "impossible dates": "- 2026-02-30\n",
    "dates": "2026-03-01 ",
    "times": "12:30 - ",
    "hours": "1h ",
    "digits": "1",
    "numbers": "1 and ",
    "half a word of contact": "face to ",
    "letters": "a",
    "accents": "a\u0301",
    "emoji": "🎉",
    "dates of tasks": "📅 ",
    "NUL": "a\0",
    "turned text": "\u202e",
    "templates": "<% tp.x %> {{date}} ",
    "prose": "We met for lunch and spoke for 45 min about boats. ",
}
"""Title → what is repeated."""

FRONT_MATTER = {
    "not closed": "a: b\n",
    "one key": "a: b\n",
    "tabs": "\tc: d\n",
    "comments": "# a\n",
    "colons": ":",
    "dashes": "- ",
    "questions": "? ",
    "anchors": "&a ",
    "marks": "!a ",
    "templates": "a: {{b}}\n",
    "tabs after": "a: -\t\n",
    "open lists": "[",
    "open maps": "{a: ",
    "fences": "---\n\n",
}
"""Title → what is repeated between the fences."""


def fill(unit: str, size: int) -> str:
    """Return `unit` again and again, `size` characters in all."""
    return (unit * (size // len(unit) + 1))[:size]


def notes(size: int) -> Iterator[tuple[str, str]]:
    """Yield title and text of notes of about `size` characters."""
    yield from ((title, fill(unit, size)) for title, unit in UNITS.items())
    yield from (
        (f"front matter: {title}", f"---\n{fill(unit, size)}\n---\n[[Ada]]\n") for title, unit in FRONT_MATTER.items()
    )
    root = int(size**0.5)
    yield "ever more backticks", "".join("`" * n + " " for n in range(1, int(root * 1.4)))
    yield "ever deeper lists", "".join(" " * (2 * n) + "- [[a]]\n" for n in range(root))
    yield "blanks after a link", "[[Ada]]" + " " * size
    yield "blanks after a field", "(a::" + " " * size
    yield "blanks after a length", "1h" + " " * size + "and"
    yield "emphasis within emphasis", "*a " * (size // 5) + "b*" * (size // 5)
    yield "links within links", "[" * (size // 5) + "a" + "](b)" * (size // 5)
    yield "a wide table", "|" * (size // 20) + "\n" + "|-" * (size // 20) + "\n" + fill("|\n", size)
    yield "front matter: many keys", "---\n" + "".join(f"k{n}: v\n" for n in range(size // 10)) + "---\n"
    yield "front matter: a long list", "---\na:\n" + fill("- b\n", size) + "---\n"
    yield "front matter: a long text", '---\na: "' + fill("\\n", size) + '"\n---\n'
    yield "front matter: half letters", '---\na: "' + fill("\\ud83d", size // 10 // 6 * 6) + '"\n---\n'
    yield "front matter: a long key", f"---\n{'a' * size}: b\n---\n"
    yield "front matter: a quote not closed", f'---\na: "{"b" * size}\n---\n'
    yield "front matter: ever deeper", "---\n" + "".join(" " * n + "a:\n" for n in range(root)) + "---\n"
    yield "front matter: JSON", '---\n{"a": [' + fill("1,", size) + "1]}\n---\n"
    yield (
        "front matter: aliases of aliases",
        "---\na: &a [x]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9))
        + "---\n",
    )
