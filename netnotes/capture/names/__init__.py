"""Who is named in a sentence: the names of a vault's people, and the words that may be one."""
