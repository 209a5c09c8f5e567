"""Commands that show how a vault is read."""
