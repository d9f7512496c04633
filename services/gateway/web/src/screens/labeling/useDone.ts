/** The caller's done items, one at a time, with an undoable change of each; what is not saved is kept as a draft. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import type { Command } from "../../annotator/command";
import { type Log, record, redo, startLog, undo } from "../../annotator/log";
import { type Choice, choiceOf, isComplete, NOTHING, openPage, sameChoice, type Task } from "../../annotator/page";
import { shapeOf } from "../../annotator/task";
import { chooseLabel } from "../../annotator/tagging";
import { get, post } from "../../api/http";
import type { DoneItem, DoneLabel, ItemResult } from "../../api/labeling-types";
import { queries } from "../../api/queries";
import { randomId } from "../../api/random";
import type { Listing, Project } from "../../api/types";
import { draftOf, forgetDrafts, keepCorrection } from "../../labeling/drafts";
import { outbox } from "../../labeling/outbox";
import { withMasks } from "../../labeling/masks";
import { masksOf, submissionOf } from "../../labeling/submission";
import { choiceFrom } from "../../labeling/item-choice";
import { taskOf } from "../../labeling/task";

export interface Done {
  readonly item: DoneItem | null;
  readonly log: Log;
  readonly loading: boolean;
  readonly saving: boolean;
  readonly error: unknown;
  /** It is another one than what is saved. */
  readonly touched: boolean;
  /** It can be saved. */
  readonly changed: boolean;
  /** False once this browser refused to store a draft. */
  readonly kept: boolean;
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  readonly older: () => void;
  readonly newer: () => void;
  readonly run: (command: Command) => void;
  readonly choose: (label: string) => void;
  readonly skip: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Rejects with a failure, also when somebody else changed the item meanwhile. */
  readonly save: () => Promise<void>;
}

interface DonePage extends Listing<DoneItem> {
  /** What was not saved, by item at its version. */
  readonly drafts: Readonly<Record<string, Choice>>;
}

const versionOf = ({ id, version }: DoneItem): string => `${id}:${version}`;

async function donePage(project: string, user: string, cursor: string): Promise<DonePage> {
  await outbox.settled();
  const listing = await get<Listing<DoneItem>>(`/projects/${project}/done`, { cursor, limit: 20 });
  const found = await Promise.all(listing.items.map((item) => draftOf(user, item.id, item.version).catch(() => null)));
  const drafts = listing.items.flatMap((item, at) => (found[at] ? [[versionOf(item), found[at]] as const] : []));
  return { ...listing, drafts: Object.fromEntries(drafts) };
}

function logOf(task: Task, item: DoneItem | null, choice: Choice): Log {
  return startLog(openPage(task, item ? [item.id] : [], item ? { [item.id]: choice } : {}));
}

export function useDone(project: Project, user: string): Done {
  const key = ["done", project.id];
  const task = useMemo(() => taskOf(project), [project]);
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => donePage(project.id, user, pageParam),
    initialPageParam: "",
    getNextPageParam: (last) => last.cursor || undefined,
    refetchOnWindowFocus: false,
    staleTime: Infinity,
    // Asked anew each time one goes back: of what was meanwhile done, and of drafts.
    gcTime: 0,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const [place, setPlace] = useState(0);
  const [edits, setEdits] = useState<Readonly<Record<string, Log>>>({});
  const [kept, setKept] = useState(true);
  const [saving, setSaving] = useState(false);
  const item = items[place] ?? null;
  const version = item ? versionOf(item) : "";
  const drawn = item !== null && shapeOf(project.task_type) !== null;
  const label = useQuery({ queryKey: [...key, version], queryFn: () => get<DoneLabel>(`/projects/${project.id}/items/${item?.id.split("/")[1] ?? ""}/label`), enabled: drawn, staleTime: Infinity });
  const saved = useMemo(() => (item ? choiceFrom(label.data ?? item, task.set, item.state === "skipped") : NOTHING), [task, item, label.data]);
  const draft = query.data?.pages.find((page) => page.drafts[version])?.drafts[version];
  const fresh = useMemo(() => logOf(task, item, draft ?? saved), [task, item, draft, saved]);
  const log = edits[version] ?? fresh;
  const become = (next: Log) => {
    setEdits({ ...edits, [version]: next });
    if (item) keepCorrection(user, item, saved, choiceOf(next.page, item.id)).catch(() => setKept(false));
  };
  const touched = item !== null && !sameChoice(choiceOf(log.page, item.id), saved);
  const changed = touched && isComplete(log.page);
  const older = () => {
    if (place + 1 < items.length) setPlace(place + 1);
    if (place + 5 > items.length && query.hasNextPage) void query.fetchNextPage();
  };
  const save = async () => {
    if (!item || !changed || saving) return;
    setSaving(true);
    try {
      const items = await withMasks([submissionOf(item, log)], masksOf([item], log.page));
      const body = { key: randomId(), items };
      const { results } = await post<{ results: ItemResult[] }>(`/projects/${project.id}/back`, body);
      const bad = results.find((one) => one.result !== "saved");
      if (bad) throw new Error(bad.message || bad.result);
      await forgetDrafts(user, [item]).catch(() => setKept(false));
      setPlace(0);
    } finally {
      setSaving(false);
      await queries.invalidateQueries({ queryKey: key });
    }
  };
  return {
    item,
    log,
    loading: query.isPending || (drawn && label.isPending) || (query.isFetching && !query.isFetchingNextPage && items.length === 0),
    saving,
    error: query.error ?? label.error,
    touched,
    changed,
    kept,
    hasOlder: place + 1 < items.length || query.hasNextPage,
    hasNewer: place > 0,
    older,
    newer: () => setPlace(Math.max(0, place - 1)),
    run: (command) => become(record(log, command)),
    choose: (label) => {
      const command = chooseLabel(log.page, log.page.items, label);
      if (command) become(record(log, command));
    },
    skip: () => become(record(log, { type: "skip", items: log.page.items })),
    undo: () => become(undo(log)),
    redo: () => become(redo(log)),
    save,
  };
}
