"""Facts to ties between people. Pure."""
