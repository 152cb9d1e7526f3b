"""Tasks of measurement files: from a row to what the engine and the solvers are asked."""
