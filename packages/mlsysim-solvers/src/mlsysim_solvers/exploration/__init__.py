"""Exploring designs: spaces, goals, sensitivities and solving backwards."""
