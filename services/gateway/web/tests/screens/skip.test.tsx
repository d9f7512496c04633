import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { startLog } from "../../src/annotator/log";
import { type Choice, NOTHING, openPage, type Task } from "../../src/annotator/page";
import type { Region } from "../../src/annotator/regions/region";
import { firstSnapshot, type Snapshot } from "../../src/labeling/snapshot";
import type { WorkItem } from "../../src/labeling/work-page";
import { useSkip } from "../../src/screens/labeling/useSkip";
import { browser } from "./browser";

const TASK: Task = { type: "image_box", set: "main", multi: false, allowEmpty: false };
const BOX: Region = { id: "1", label: "cat", shape: "box", points: [0, 0, 9, 9] };
const session = { skip: vi.fn() };

const item = (id: string, preset: string[] = []): WorkItem => ({ id, token: "t", answers: preset.length > 0 ? [{ set: "main", labels: preset }] : [], regions: [] }) as unknown as WorkItem;

function shown(items: readonly WorkItem[], choices: Record<string, Choice>, change: Partial<Snapshot> = {}): Snapshot {
  return { ...firstSnapshot(TASK, 1), items, log: startLog(openPage(TASK, items.map((one) => one.id), choices)), ...change };
}

function Page({ snapshot, begun }: { snapshot: Snapshot; begun: () => boolean }) {
  const { skip, dialog } = useSkip(session, snapshot, begun);
  return (
    <>
      <button onClick={skip}>s</button>
      {dialog}
    </>
  );
}

async function press(snapshot: Snapshot, begun = false): Promise<void> {
  render(<MantineProvider env="test"><Page snapshot={snapshot} begun={() => begun} /></MantineProvider>);
  await userEvent.click(screen.getByText("s"));
}

beforeEach(browser);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

describe("skip", () => {
  it("goes on at once where nothing was done", async () => {
    await press(shown([item("1")], {}));
    expect(session.skip).toHaveBeenCalledOnce();
  });

  it("goes on at once over what the item came with", async () => {
    await press(shown([item("1", ["cat"])], { "1": { ...NOTHING, labels: ["cat"] } }));
    expect(session.skip).toHaveBeenCalledOnce();
  });

  it.each([
    ["regions", { ...NOTHING, regions: [BOX] }, false],
    ["paint", { ...NOTHING, mask: { base: [], strokes: [{ kind: "fill", label: "cat", points: new Float32Array(6) }] } }, false],
    ["a label", { ...NOTHING, labels: ["cat"] }, false],
    ["a shape that is not finished", NOTHING, true],
  ] as const)("asks where there is work: %s; Enter skips", async (_, choice, begun) => {
    await press(shown([item("1")], { "1": choice }), begun);
    expect(session.skip).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(document.activeElement?.closest("[role=dialog]")?.contains(document.activeElement)).toBe(true));
    await userEvent.keyboard("{Enter}");
    expect(session.skip).toHaveBeenCalledOnce();
  });

  it("stays where Escape is the answer", async () => {
    await press(shown([item("1")], { "1": { ...NOTHING, regions: [BOX] } }));
    await userEvent.keyboard("{Escape}");
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(session.skip).not.toHaveBeenCalled();
  });

  it("does not ask about selected images of several: they stay, with undo", async () => {
    const some = [item("1"), item("2")];
    await press(shown(some, { "1": { ...NOTHING, labels: ["cat"] } }, { selection: { items: new Set(["1"]), cursor: 0, spent: false } }));
    expect(session.skip).toHaveBeenCalledOnce();
  });
});
