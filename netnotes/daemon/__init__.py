"""What keeps a vault current while it is edited."""
