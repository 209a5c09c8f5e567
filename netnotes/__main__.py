"""`python -m netnotes` is `netnotes`."""

from netnotes.cli import main

main()
