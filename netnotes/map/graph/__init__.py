"""The network view: communities as circles, deep ties short."""
