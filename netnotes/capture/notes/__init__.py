"""What is written into notes, and where: lines, tasks, links, daily notes, the inbox, reviews."""
