import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { StageSelect } from "../../src/screens/labeling/StageSelect";
import { browser } from "./browser";

function draw(stage: boolean) {
  const chosen = vi.fn();
  render(
    <MantineProvider env="test">
      {stage && <div data-stage tabIndex={0} role="textbox" aria-label="text" />}
      <StageSelect aria-label="Font" data={["Serif", "Fixed"]} value="Serif" onChange={chosen} />
    </MantineProvider>,
  );
  return chosen;
}

beforeEach(browser);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("a choice beside the stage", () => {
  it.each([true, false])("gives the keyboard back once it is made by mouse (a stage with focus: %s)", async (stage) => {
    const chosen = draw(stage);
    await userEvent.click(screen.getByRole("combobox", { name: "Font" }));
    await userEvent.click(await screen.findByRole("option", { name: "Fixed" }));
    expect(chosen).toHaveBeenCalledWith("Fixed", expect.anything());
    expect(document.activeElement).toBe(stage ? screen.getByRole("textbox", { name: "text" }) : document.body);
  });

  it("gives it back once it is made by keyboard, also of what was chosen already", async () => {
    draw(true);
    screen.getByRole("combobox", { name: "Font" }).focus();
    await userEvent.keyboard("{Enter}{Enter}");
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "text" }));
  });

  it("keeps the keyboard while nothing is chosen", async () => {
    draw(true);
    const select = screen.getByRole("combobox", { name: "Font" });
    select.focus();
    await userEvent.keyboard("{Enter}{Escape}");
    expect(document.activeElement).toBe(select);
  });
});
