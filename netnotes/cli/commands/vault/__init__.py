"""Commands that show how a vault, or many vaults, are read."""
