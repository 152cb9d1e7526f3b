"""Fleets over months: energy, money, failures, networks, queues and growth."""
