"""`python -m services.export` runs the service."""

from services.export.app import build
from services.export.settings import ExportSettings

build(ExportSettings.read()).run()
