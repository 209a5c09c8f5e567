"""Many vaults at once, into four Parquet tables."""
