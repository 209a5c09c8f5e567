"""Commands that show ties."""
