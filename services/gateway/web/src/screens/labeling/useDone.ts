/** The caller's done items, one at a time, with an undoable change of the one shown. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import type { Command } from "../../annotator/command";
import { type Log, record, redo, startLog, undo } from "../../annotator/log";
import { choiceOf, isComplete, openPage, sameChoice, type Task } from "../../annotator/page";
import { shapeOf } from "../../annotator/task";
import { chooseLabel } from "../../annotator/tagging";
import { get, post } from "../../api/http";
import type { DoneItem, DoneLabel, ItemResult } from "../../api/labeling-types";
import { queries } from "../../api/queries";
import { randomId } from "../../api/random";
import type { Listing, Project } from "../../api/types";
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
  readonly changed: boolean;
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

function logOf(task: Task, item: DoneItem | null, label: DoneLabel | undefined): Log {
  const choices = item ? { [item.id]: choiceFrom(label ?? item, task.set, item.state === "skipped") } : {};
  return startLog(openPage(task, item ? [item.id] : [], choices));
}

export function useDone(project: Project): Done {
  const key = ["done", project.id];
  const task = useMemo(() => taskOf(project), [project]);
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: async ({ pageParam }) => {
      await outbox.settled();
      return get<Listing<DoneItem>>(`/projects/${project.id}/done`, { cursor: pageParam, limit: 20 });
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.cursor || undefined,
    refetchOnMount: "always",
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const [place, setPlace] = useState(0);
  const [edit, setEdit] = useState<{ version: string; log: Log } | null>(null);
  const [saving, setSaving] = useState(false);
  const item = items[place] ?? null;
  const version = item ? `${item.id}:${item.version}` : "";
  const drawn = item !== null && shapeOf(project.task_type) !== null;
  const label = useQuery({ queryKey: [...key, version], queryFn: () => get<DoneLabel>(`/projects/${project.id}/items/${item?.id.split("/")[1] ?? ""}/label`), enabled: drawn, staleTime: Infinity });
  const fresh = useMemo(() => logOf(task, item, label.data), [task, item, label.data]);
  const log = edit?.version === version ? edit.log : fresh;
  const become = (next: Log) => setEdit({ version, log: next });
  const changed = item !== null && isComplete(log.page) && !sameChoice(choiceOf(log.page, item.id), choiceOf(fresh.page, item.id));
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
    changed,
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
