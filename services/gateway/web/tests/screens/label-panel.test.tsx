import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { showLabels } from "../../src/annotator/labels";
import { LabelPanel } from "../../src/screens/labeling/LabelPanel";
import { browser } from "./browser";

const LABELS = showLabels(["ape", "bee", "cat", "dog", "eel", "fox", "gnu", "hen", "ibis", "jay"].map((name) => ({ id: name, name, parent: "", color: "" })));

beforeEach(browser);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("a label past the ninth has no key of its own: Tab, some letters of its name and Enter choose it", async () => {
  expect(LABELS.map((label) => label.key)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", ""]);
  const chosen = vi.fn();
  render(<MantineProvider env="test"><LabelPanel labels={LABELS} held={() => 0} targets={1} onChoose={chosen} /></MantineProvider>);
  await userEvent.tab();
  expect(document.activeElement).toBe(screen.getByRole("textbox"));
  await userEvent.keyboard("ja{Enter}");
  expect(chosen.mock.calls).toEqual([["jay"]]);
  expect(document.activeElement).toBe(document.body);
});
