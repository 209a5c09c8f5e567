"""The plugins that come with NetNotes, one file each. They import `netnotes.api` and nothing else of ours."""
