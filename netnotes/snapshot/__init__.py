"""An outcome, and what its run remembers, as plain data for the next command. Pure."""
