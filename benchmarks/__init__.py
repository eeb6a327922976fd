"""What exportgate costs, paired with what anyone would pay anyway: reading the same file."""
