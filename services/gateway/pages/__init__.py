"""The built web UI and the reference of the API."""
