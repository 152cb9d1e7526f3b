"""Formulas: pure functions of floats or arrays in SI units."""
