"""Pipelines: solvers and functions of one's own, put together and checked before they run."""
