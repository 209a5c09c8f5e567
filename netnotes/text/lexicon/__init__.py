"""Words and notations: dates, lengths of time, channels of contact, daily-note formats."""
