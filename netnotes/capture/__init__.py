"""A sentence, or a ticked task, → one line of a note. Reads no disk and writes nothing."""
