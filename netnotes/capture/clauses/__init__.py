"""What the clauses of a sentence say of those who are named: who was there, who started it, how soon they answered."""
