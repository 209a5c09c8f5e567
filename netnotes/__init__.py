"""NetNotes: how deep each relationship in a folder of notes is, and why."""
