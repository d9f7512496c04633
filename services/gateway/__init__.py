"""The public REST API, live updates, the web UI, accounts and roles.

The only service that browsers and scripts reach.
"""
