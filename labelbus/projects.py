"""`client.projects`."""

from collections.abc import Callable, Sequence
from typing import Final

from labelbus.errors import LabelbusError
from labelbus.methods import D, Noun, method, pages
from labelbus.models.base import Page, RunState, TaskType
from labelbus.models.projects import Instructions, NewLabel, NewProject, Progress, Project, ProjectChange, ProjectRow
from labelbus.models.sources import Source
from labelbus.paging import LIMIT, every
from labelbus.routes import Route, once
from labelbus.steps import Flow, Pages
from labelbus.waiting import until

_LIST: Final = Route("GET", "/projects", Page[ProjectRow], query=("cursor", "limit", "q", "state"))
_CREATE: Final = Route("POST", "/projects", Project, body=NewProject)
_READ: Final = Route("GET", "/projects/{project}", Project)
_CHANGE: Final = Route("PATCH", "/projects/{project}", Project, body=ProjectChange, repeatable=False)
_PAUSE: Final = Route("POST", "/projects/{project}/pause", Project)
_START: Final = Route("POST", "/projects/{project}/start", Project)
_DELETE: Final = Route("DELETE", "/projects/{project}", Project, query=("confirm",))
_PROGRESS: Final = Route("GET", "/projects/{project}/progress", Progress)


class Projects(Noun[D]):
    """Projects. Each call but `list`, `create` and `find` takes the id of one."""

    @pages
    def list(self, name: str = "", state: RunState | None = None) -> Pages[ProjectRow]:
        """Projects that you may read, newest first; `name` is a part of their names."""
        return every(
            lambda cursor: _LIST.call(self.server, {"q": name, "state": state, "cursor": cursor, "limit": LIMIT})
        )

    @method
    def get(self, project: str) -> Flow[Project]:
        """A project with its labels and instructions."""
        return _READ.call(self.server, project=project)

    @method
    def find(self, name: str) -> Flow[Project]:
        """The project of exactly this name, or this id. Raises LabelbusError `project_unknown`."""
        cursor, found = "", name
        while True:
            page = yield from _LIST.call(self.server, {"q": name, "cursor": cursor, "limit": LIMIT})
            found = next((row.id for row in page.items if row.name == name), found)
            cursor = page.cursor if found == name else ""
            if not cursor:
                return (yield from _READ.call(self.server, project=found))

    @method
    def create(
        self,
        name: str,
        task_type: TaskType,
        labels: Sequence[str | NewLabel],
        source: Source,
        *,
        description: str = "",
        instructions: str | Instructions = "",
        allow_empty: bool = False,
        refresh_regularly: bool = False,
        idempotency_key: str = "",
    ) -> Flow[Project]:
        """Make a project; its data is scanned at once, and it starts running by itself.

        Two calls with one `idempotency_key` within 24 hours make one project.
        """
        told = Instructions(text=instructions) if isinstance(instructions, str) else instructions
        new = NewProject(
            name=name,
            description=description,
            task_type=task_type,
            labels=[NewLabel(name=label) if isinstance(label, str) else label for label in labels],
            instructions=told,
            source=source,
            allow_empty=allow_empty,
            refresh_regularly=refresh_regularly,
        )
        return _CREATE.call(self.server, body=new, headers=once(idempotency_key))

    @method
    def change(
        self,
        project: Project,
        *,
        instructions: Instructions | None = None,
        description: str | None = None,
        allow_empty: bool | None = None,
        refresh_regularly: bool | None = None,
    ) -> Flow[Project]:
        """Change what is not None.

        Raises LabelbusError `version_conflict` when somebody changed the project since you read it.
        """
        change = ProjectChange(
            version=project.version,
            instructions=instructions,
            description=description,
            allow_empty=allow_empty,
            refresh_regularly=refresh_regularly,
        )
        return _CHANGE.call(self.server, body=change, project=project.id)

    @method
    def pause(self, project: str) -> Flow[Project]:
        """Stop handing out items; leases go back to the queue."""
        return _PAUSE.call(self.server, project=project)

    @method
    def start(self, project: str) -> Flow[Project]:
        """Hand out items again."""
        return _START.call(self.server, project=project)

    @method
    def delete(self, project: str, *, name: str) -> Flow[Project]:
        """Delete a project with all its labels. `name` is its name, exactly: a safeguard."""
        return _DELETE.call(self.server, {"confirm": name}, project=project)

    @method
    def progress(self, project: str) -> Flow[Progress]:
        """Counts, label distribution, and what each labeler did."""
        return _PROGRESS.call(self.server, project=project)

    @method
    def wait(
        self,
        project: str,
        state: RunState = "running",
        *,
        timeout_s: float | None = 600,
        progress: Callable[[Project], None] | None = None,
    ) -> Flow[Project]:
        """Wait until a project is in a state, such as `running`: then its data was scanned.

        Raises LabelbusError `project_failed` or `timeout`.
        """
        seen = yield from until(
            lambda: _READ.call(self.server, project=project),
            lambda now: now.run_state in (state, "failed"),
            timeout_s,
            progress,
        )
        if seen.run_state != state:
            raise LabelbusError(f"Project {seen.name} failed; its refreshes say why.", code="project_failed")
        return seen
