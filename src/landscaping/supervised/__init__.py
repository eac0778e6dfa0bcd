"""Learning from labelled examples: what is asked of the landscape, and what was learned."""
