"""Labelbus: five services on a message bus, and what they share."""
