"""Plans: a workload, a system, a place and what must hold, in a file that checks itself."""
