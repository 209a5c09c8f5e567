"""`python -m netnotes` is `netnotes`."""

from netnotes.cli import main

if __name__ == "__main__":
    main()
