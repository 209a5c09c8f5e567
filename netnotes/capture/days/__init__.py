"""When a contact was: the day that a sentence names, those ahead, and deadlines."""
