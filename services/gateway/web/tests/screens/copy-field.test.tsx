import { MantineProvider } from "@mantine/core";
import { notifications, Notifications } from "@mantine/notifications";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { CopyField } from "../../src/components/CopyField";
import { startLanguage } from "../../src/i18n";
import { browser } from "./browser";

beforeEach(() => {
  browser();
  startLanguage();
  render(
    <MantineProvider env="test">
      <Notifications />
      <CopyField value="lbt_1" label="Token" />
    </MantineProvider>,
  );
});

afterEach(() => {
  notifications.clean();
  cleanup();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, "clipboard");
  Reflect.deleteProperty(document, "execCommand");
});

/** Pages that came by https have a clipboard. */
const clipboard = (writeText?: (text: string) => Promise<void>) => {
  Object.defineProperty(navigator, "clipboard", { value: writeText && { writeText }, configurable: true });
  vi.stubGlobal("isSecureContext", writeText !== undefined);
};
const command = (done: boolean) => {
  const run = vi.fn(() => done);
  Object.defineProperty(document, "execCommand", { value: run, configurable: true });
  return run;
};
const click = () => fireEvent.click(screen.getByRole("button", { name: "Copy" }));

it("takes the clipboard of the browser", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  clipboard(writeText);
  click();
  await vi.waitFor(() => expect(writeText).toHaveBeenCalledWith("lbt_1"));
  expect(screen.queryByText(/does not let the page copy/)).toBeNull();
});

it("copies by command where a page of plain http has no clipboard", async () => {
  clipboard();
  const run = command(true);
  click();
  await vi.waitFor(() => expect(run).toHaveBeenCalledWith("copy"));
  expect(screen.queryByText(/does not let the page copy/)).toBeNull();
});

it("says so when the browser refuses both", async () => {
  clipboard(() => Promise.reject(new Error("denied")));
  command(false);
  click();
  expect(await screen.findByText(/does not let the page copy/)).toBeTruthy();
});
