"""Turn a sentence or a ticked task into one line of a note. Reads no disk and writes nothing."""
