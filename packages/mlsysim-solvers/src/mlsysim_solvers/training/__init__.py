"""Training on many devices: one step, its memory, the best strategy, whole runs."""
