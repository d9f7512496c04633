"""`labelbus projects`: list, show, create, pause, start, delete."""

import argparse
import sys

from labelbus.models.base import SourceKind, TaskType, words
from labelbus.models.projects import Project, ProjectRow
from labelbus.models.sources import Source
from services.cli.commands import Commands, add_command
from services.cli.connection import connected
from services.cli.settings import CliSettings


def add(commands: Commands) -> None:
    """The commands."""
    parser = add_command(
        commands, "projects", "list, show, create, pause, start and delete projects", "labelbus projects list"
    )
    verbs = parser.add_subparsers(title="commands", required=True)

    every = add_command(verbs, "list", "a line for each project, newest first", "labelbus projects list --json")
    every.add_argument("--json", action="store_true", help="print them as JSON, one line each")
    every.set_defaults(command=_list)

    show = add_command(verbs, "show", "print a project as JSON", "labelbus projects show Pets")
    show.set_defaults(command=_show)
    pause = add_command(verbs, "pause", "stop handing out items", "labelbus projects pause Pets")
    pause.set_defaults(command=_pause)
    start = add_command(verbs, "start", "hand out items again", "labelbus projects start Pets")
    start.set_defaults(command=_start)
    for verb in (show, pause, start):
        verb.add_argument("project", metavar="NAME", help="name or id")

    delete = add_command(verbs, "delete", "delete a project with all its labels", "labelbus projects delete Pets")
    delete.add_argument("project", metavar="NAME", help="its name, exactly: an id is not enough")
    delete.set_defaults(command=_delete)
    _add_create(verbs)


def _add_create(verbs: Commands) -> None:
    create = add_command(
        verbs,
        "create",
        "make a project; its data is scanned at once",
        "labelbus projects create Pets --type image_box --label Cat --label Dog --prefix animals/ --wait",
        "labelbus projects create News --type text_multi_class --label Sports --kind table --dataset d0123456789abcdef",
    )
    create.add_argument("name", metavar="NAME")
    create.add_argument("--type", required=True, choices=words(TaskType), help="what labelers do")
    create.add_argument("--label", required=True, action="append", metavar="NAME", help="a class; for each class once")
    create.add_argument("--datastore", default="", help="default: the default datastore")
    create.add_argument("--prefix", default="", help="folder in the datastore")
    create.add_argument("--pattern", default="**", help="which files of the folder; default: all, of subfolders too")
    create.add_argument("--kind", choices=words(SourceKind), default="files", help="what the files are; default: items")
    create.add_argument("--dataset", default="", metavar="ID", help="a data set instead of a folder")
    create.add_argument("--description", default="")
    create.add_argument("--instructions", default="", metavar="TEXT", help="what labelers read first")
    create.add_argument("--wait", action="store_true", help="return when the project runs")
    create.set_defaults(command=_create)


async def _list(settings: CliSettings, options: argparse.Namespace) -> None:
    async with connected(settings) as client:
        async for row in client.projects.list():
            sys.stdout.write((row.model_dump_json() if options.json else _line(row)) + "\n")


def _line(row: ProjectRow) -> str:
    counts = f"{row.progress.labeled} of {row.progress.total}" if row.progress else "?"
    return f"{row.id}  {row.run_state:<12}  {row.task_type:<17}  {counts:>18}  {row.name}"


async def _show(settings: CliSettings, options: argparse.Namespace) -> None:
    async with connected(settings) as client:
        project = await client.projects.find(options.project)
        sys.stdout.write(project.model_dump_json(indent=2) + "\n")


async def _create(settings: CliSettings, options: argparse.Namespace) -> None:
    async with connected(settings) as client:
        if options.dataset:
            source = Source(dataset=options.dataset)
        else:
            datastore = options.datastore or await client.datastores.default()
            source = Source(datastore=datastore, prefix=options.prefix, pattern=options.pattern, kind=options.kind)
        project = await client.projects.create(
            options.name,
            options.type,
            options.label,
            source,
            description=options.description,
            instructions=options.instructions,
        )
        _say(await client.projects.wait(project.id, timeout_s=None) if options.wait else project)


async def _pause(settings: CliSettings, options: argparse.Namespace) -> None:
    async with connected(settings) as client:
        project = await client.projects.find(options.project)
        _say(await client.projects.pause(project.id))


async def _start(settings: CliSettings, options: argparse.Namespace) -> None:
    async with connected(settings) as client:
        project = await client.projects.find(options.project)
        _say(await client.projects.start(project.id))


async def _delete(settings: CliSettings, options: argparse.Namespace) -> None:
    async with connected(settings) as client:
        project = await client.projects.find(options.project)
        _say(await client.projects.delete(project.id, name=options.project))


def _say(project: Project) -> None:
    sys.stdout.write(f"{project.id}  {project.run_state}  {project.name}\n")
