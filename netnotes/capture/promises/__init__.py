"""Parts of the grammar of promises: during which contact one was made, and a promise that is a whole text."""
