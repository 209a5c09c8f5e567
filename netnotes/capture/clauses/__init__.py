"""Clauses that tell more about a contact: what was promised during it, how soon somebody answered."""
