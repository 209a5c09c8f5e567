"""Plan, check and make changes to notes, and take them back."""
