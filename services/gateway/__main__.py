"""`python -m services.gateway` runs one process of the gateway."""

from services.gateway.app import build
from services.gateway.settings import GatewaySettings

build(GatewaySettings.read()).run()
