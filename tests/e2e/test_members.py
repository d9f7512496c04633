"""Members of one project: somebody without a role in the workspace sees just the projects that they were added to."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bench.client import Person
from tests.e2e.world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")


class Room:
    """An owner at the members of a project, and a guest who has no role anywhere."""

    def __init__(self, project: dict[str, Any], owner: Page, guest: Page, person: Person) -> None:
        self.project, self.owner, self.guest, self.person = project, owner, guest, person
        self.link = guest.get_by_role("link", name=project["name"])
        self.none = guest.get_by_role("heading", name="No projects yet")
        self.role = owner.get_by_role("combobox", name=f"Role of {person.name}")

    async def add(self) -> None:
        """The guest, with the keyboard alone."""
        await self.owner.get_by_role("button", name="Add member").focus()
        await self.owner.keyboard.press("Enter")
        await expect(self.owner.get_by_role("combobox", name="Person")).to_be_focused()
        await self.owner.keyboard.type(self.person.name)
        await expect(self.owner.get_by_role("option")).to_have_count(1)
        for key in ("ArrowDown", "Enter", "Tab", "Tab", "Tab", "Enter"):
            await self.owner.keyboard.press(key)
        await expect(self.owner.get_by_role("dialog")).to_have_count(0)
        await expect(self.role).to_have_value("Labeler")


@pytest_asyncio.fixture(loop_scope="package")
async def room(world: World) -> AsyncIterator[Room]:
    """See the class."""
    project, owner, person = await world.project(4), await world.person("owner"), await world.person()
    await world.owner.call("PATCH", f"/people/{person.id}", json={"role": None})
    contexts = [await world.context(owner), await world.context(person)]
    here, there = [await context.new_page() for context in contexts]
    await here.goto(f"/projects/{project['id']}")
    await here.get_by_role("tab", name="Members").click()
    yield Room(project, here, there, person)
    await world.tidy()


async def test_a_member_is_added_and_removed(room: Room) -> None:
    owner, guest, name = room.owner, room.guest, room.person.name
    await guest.goto("/projects")
    await expect(room.none).to_be_visible()
    await room.add()
    await guest.reload()
    await expect(room.link).to_be_visible()
    await guest.goto(f"/projects/{room.project['id']}/label")
    await guest.get_by_role("button", name="Start labeling").click()
    await expect(guest.locator("[data-tile]")).to_have_count(4)
    await owner.get_by_role("button", name=f"Remove {name}").click()
    await expect(owner.get_by_text(f"What {name} labeled stays", exact=False)).to_be_visible()
    await owner.get_by_role("dialog").get_by_role("button", name="Remove member").click()
    await expect(room.role).to_have_count(0)
    await guest.goto("/projects")
    await expect(room.none).to_be_visible()


async def test_an_owner_of_one_project_manages_its_members(room: Room) -> None:
    owner, guest = room.owner, room.guest
    await room.add()
    await room.role.click()
    await owner.get_by_role("option", name="Owner").click()
    await expect(room.role).to_have_value("Owner")
    await guest.goto(f"/projects/{room.project['id']}/members")
    await expect(guest.get_by_text("in the whole workspace").first).to_be_visible()
    await expect(guest.get_by_role("combobox", name=f"Role of {room.person.name}")).to_be_disabled()
    await expect(guest.get_by_role("button", name="Add member")).to_have_count(0)


async def test_somebody_is_invited_as_a_member_only(world: World) -> None:
    context = await world.context(await world.person("owner"))
    page = await context.new_page()
    await page.goto("/people")
    await page.get_by_role("button", name="Invite").click()
    await page.get_by_role("textbox", name="Name").fill("Guest Reader")
    await page.get_by_role("textbox", name="E-mail").fill("guest-reader@example.org")
    await page.get_by_role("radio", name="Member of projects").click()
    await page.get_by_role("dialog").get_by_role("button", name="Invite").click()
    await page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    row = page.get_by_role("row", name="Guest Reader")
    await expect(row.get_by_role("combobox", name="Role")).to_have_value("Member of projects")


async def test_a_long_address_leaves_the_roles_within_reach(world: World) -> None:
    long = {"name": "Long " * 18, "email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.org", "role": "labeler"}
    await world.owner.call("POST", "/people", json=long)
    project = await world.project(1)
    for width in (1366, 800):
        context = await world.context(await world.person("owner"), viewport={"width": width, "height": 600})
        page = await context.new_page()
        for address in ("/people", f"/projects/{project['id']}/members"):
            await page.goto(address)
            row = page.get_by_role("row").filter(has_text=long["email"])
            await row.scroll_into_view_if_needed()
            await expect(row.get_by_role("cell").last).to_be_in_viewport(ratio=1)
            await expect(row.get_by_title(long["email"])).to_be_visible()


async def test_a_project_that_does_not_exist_says_so(world: World) -> None:
    context = await world.context(await world.person("owner"))
    page = await context.new_page()
    for address in ("/projects/nothing", "/projects/nothing/label"):
        await page.goto(address)
        await expect(page.get_by_role("heading", name="This page does not exist")).to_be_visible()
        await expect(page.get_by_role("link", name="Go to the projects")).to_be_visible()
