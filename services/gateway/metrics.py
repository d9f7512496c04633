"""Metrics of the gateway; those of requests, bus and relay are the kit's."""

from services.kit.metrics import counter, gauge

LISTENERS = gauge("gateway_live_connections", "Open connections of server-sent events in this process.")
HINTS = counter("gateway_live_hints", "Hints that were given to connections.", ["kind"])
SIGN_INS = counter("gateway_sign_ins", "Attempts to sign in.", ["result"])
NOTIFICATIONS = counter("gateway_notifications", "Notifications of object stores that were read.", ["result"])
