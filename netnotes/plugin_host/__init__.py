"""Find plugins, ask for consent, import them, limit their time, and create new ones."""
