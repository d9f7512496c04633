"""Whether the counters are right."""
