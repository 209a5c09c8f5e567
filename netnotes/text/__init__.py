"""One note's text: its front matter, Markdown, links, dates and words. Pure: no disk, no clock."""
