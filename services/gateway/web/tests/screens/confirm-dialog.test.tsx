import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ConfirmDialog } from "../../src/components/ConfirmDialog";
import { browser } from "./browser";

const deeds = { onConfirm: vi.fn(), onCancel: vi.fn() };

function draw(focused: boolean): void {
  render(
    <MantineProvider env="test">
      <ConfirmDialog opened title="Delete all?" hint="" action="Delete" danger focused={focused} {...deeds} />
    </MantineProvider>,
  );
}

beforeEach(browser);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

describe("a question before something is lost", () => {
  it("is confirmed by Enter where the page says so", async () => {
    draw(true);
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Delete" })));
    await userEvent.keyboard("{Enter}");
    expect(deeds.onConfirm).toHaveBeenCalledOnce();
  });

  it("is cancelled by Escape", async () => {
    draw(true);
    await userEvent.keyboard("{Escape}");
    expect([deeds.onCancel.mock.calls.length, deeds.onConfirm.mock.calls.length]).toEqual([1, 0]);
  });

  it("is not confirmed by Enter elsewhere", async () => {
    draw(false);
    await vi.waitFor(() => expect(document.activeElement?.closest("[role=dialog]")).not.toBeNull());
    await userEvent.keyboard("{Enter}");
    expect(deeds.onConfirm).not.toHaveBeenCalled();
  });
});
