import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";

import { choiceOf } from "../../src/annotator/page";
import { queries } from "../../src/api/queries";
import type { Project } from "../../src/api/types";
import { database } from "../../src/labeling/database";
import { draftOf } from "../../src/labeling/drafts";
import { useDone } from "../../src/screens/labeling/useDone";
import { type Asked, serve } from "../server";

const PROJECT = { id: "p", task_type: "image_multi_class", label_sets: [{ id: "main", multi: false, labels: [] }], allow_empty: false } as unknown as Project;

/** Two items that were done, at the version that `versions` says. */
function server(versions: Record<string, number>): Asked[] {
  const done = (id: string) => ({ id, version: versions[id], state: "labeled", name: id, source: { etag: "" }, media: null, answers: [{ set: "main", labels: ["x"] }], at: 0 });
  return serve(({ path }) => {
    if (path.startsWith("/projects/p/done")) return { status: 200, body: { items: ["p/2", "p/1"].map(done), cursor: "" } };
    versions["p/2"] = 2;
    return { status: 200, body: { results: [{ id: "p/2", result: "saved", version: 2, state: "labeled", field: "", message: "" }] } };
  });
}

async function goBack() {
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
  const view = renderHook(() => useDone(PROJECT, "ada"), { wrapper });
  await waitFor(() => expect(view.result.current.item?.id).toBe("p/2"));
  const labels = () => choiceOf(view.result.current.log.page, view.result.current.item?.id ?? "").labels;
  return { ...view, labels };
}

afterEach(async () => {
  cleanup();
  queries.clear();
  vi.unstubAllGlobals();
  await (await database()).clear("drafts");
});

describe("a correction", () => {
  it("is there again for whoever leaves before it is saved", async () => {
    server({ "p/1": 1, "p/2": 1 });
    const first = await goBack();
    act(() => first.result.current.choose("y"));
    act(() => first.result.current.older());
    act(() => first.result.current.choose("z"));
    first.unmount();
    await waitFor(() => expect(queries.getQueryCache().find({ queryKey: ["done", "p"] })).toBeUndefined());
    const again = await goBack();
    expect([again.labels(), again.result.current.touched]).toEqual([["y"], true]);
    act(() => again.result.current.older());
    expect([again.labels(), again.result.current.touched]).toEqual([["z"], true]);
  });

  it("leaves no draft once it is saved, or as before", async () => {
    const asked = server({ "p/1": 1, "p/2": 1 });
    const view = await goBack();
    act(() => view.result.current.choose("y"));
    await waitFor(async () => expect(await draftOf("ada", "p/2", 1)).not.toBeNull());
    act(() => view.result.current.undo());
    await waitFor(async () => expect(await draftOf("ada", "p/2", 1)).toBeNull());
    await act(() => view.result.current.save());
    expect(asked.filter(({ method }) => method === "POST")).toEqual([]);
    act(() => view.result.current.choose("y"));
    await act(() => view.result.current.save());
    expect(await draftOf("ada", "p/2", 1)).toBeNull();
    await waitFor(() => expect([view.result.current.item?.version, view.result.current.touched]).toEqual([2, false]));
  });
});
