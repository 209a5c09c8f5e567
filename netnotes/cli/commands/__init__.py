"""The commands, one module each, in the groups that `netnotes --help` shows."""
