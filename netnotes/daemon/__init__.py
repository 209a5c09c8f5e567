"""Keep a vault up to date while it is edited."""
