"""Find, allow, import and time plugins, and write the start of a new one."""
