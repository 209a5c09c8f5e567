"""Answer the commands of other processes from memory: a fork of the daemon runs each of them."""
