"""What `make bench` prints: budgets measured, never gated by a clock."""
