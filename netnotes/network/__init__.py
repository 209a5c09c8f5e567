"""From facts to ties between people. Pure."""
