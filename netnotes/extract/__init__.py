"""From notes to facts: people, encounters, promises, scenes and groups. Pure."""
