"""Clauses that add to a contact: what was promised during it, how soon somebody answered."""
