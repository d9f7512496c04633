"""Imports that a person has agreed to: their labels are written to items, as suggestions or as final labels."""
