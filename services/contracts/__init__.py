"""The published contracts: pydantic twins of `proto/` and the models of the internal HTTP calls.

Imports nothing of ours.
"""
