"""Commands that write fields into notes or remove them."""
