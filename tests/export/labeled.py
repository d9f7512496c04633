"""Projects of every task type with two labeled items, small enough to be exported in every format."""

import io

from PIL import Image

from services.contracts.items import Media, MediaFormat
from services.contracts.labels import Region
from services.contracts.projects import Project, TaskType
from tests.export.world import World, project
from tests.queue.drawings import box, mask, painted, polygon, span

PICTURE = Media(format=MediaFormat.PNG, width=64, height=48)
TEXT = "Zoë met Tom in Köln."
REGIONS: dict[TaskType, Region] = {
    TaskType.IMAGE_BOX: box("a", 8, 12, 40, 36, label="l1"),
    TaskType.IMAGE_POLYGON: polygon("a", 0, 0, 64, 0, 32, 24, label="l1"),
    TaskType.IMAGE_MASK: mask("a", painted(48, 64, (0, 0, 10, 20)), label="l1"),
    TaskType.TEXT_ENTITIES: span("a", 0, 3, label="l1"),
}


def png(width: int = 64, height: int = 48) -> bytes:
    """A black picture."""
    file = io.BytesIO()
    Image.new("RGB", (width, height)).save(file, "PNG")
    return file.getvalue()


async def labeled(world: World, task: TaskType) -> Project:
    """Two items labeled as Dog, and the pictures or texts themselves."""
    of = project("Cat", "Dog", task=task)
    await world.publish(of, of.id)
    is_text = task.media == "text"
    keys = [f"samples/{task}/{number}.{'txt' if is_text else 'png'}" for number in range(2)]
    for key in keys:
        world.put("pictures", key, TEXT.encode() if is_text else png())
    media = Media(format=MediaFormat.TEXT, chars=len(TEXT)) if is_text else PICTURE
    found = await world.discover(of.id, keys, media)
    if task in REGIONS:
        await world.draw(of, found, lambda _: [REGIONS[task]])
    else:
        await world.label(found, lambda _: ["l1"])
    return of
