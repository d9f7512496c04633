"""Puts export together. It must hold no rule of its own."""

from services.contracts import topics
from services.export.exports.events import ExportEvents
from services.export.exports.run import Parts
from services.export.exports.service import Exporter
from services.export.exports.store import Exports
from services.export.projects.events import ProjectEvents
from services.export.projects.store import Projects
from services.export.settings import ExportSettings
from services.kit.annotations import Annotations
from services.kit.datastores import DATABASE, Datastores
from services.kit.service import Service
from services.kit.store import Store


def build(settings: ExportSettings) -> Service:
    """The service, ready to run."""
    service = Service("export", settings)
    annotations, documents = Annotations(settings), Store(settings, DATABASE)
    datastores = Datastores(settings, documents)
    projects = Projects(service.store)
    exports = Exports(service.store, service.outbox, settings.export_lease_s * 1000)
    service.bus.subscribe(topics.PROJECTS, ProjectEvents(projects).handle)
    service.bus.subscribe(topics.EXPORTS, ExportEvents(exports, service.wake).handle)
    parts = Parts(exports, projects, annotations, datastores, settings)
    for number in range(settings.exports_at_once):
        exporter = Exporter(parts)
        exporter.listen(service.worker(f"export-{number}", exporter.step, idle_s=0.25, quiet_s=2.0).beat)
    service.on_prepare(exports.prepare)
    service.on_close(annotations.close)
    service.on_close(documents.close)

    async def close_datastores() -> None:
        datastores.close()

    service.on_close(close_datastores)
    return service
