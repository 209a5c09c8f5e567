"""Commands that write down what happened: `log`, `met`, `done`, `later`, `promise`, `inbox`, `round`, `review`."""
