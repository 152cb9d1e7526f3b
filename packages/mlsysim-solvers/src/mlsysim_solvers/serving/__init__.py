"""Serving: from one request to a fleet under a service level."""
