/** Work that came back: its lease was lost or the server refused it. Kept until the person claims it again or drops it. */
import { type Choice, choiceOf, isTouched } from "../annotator/page";
import type { ItemResult, SubmitItem } from "../api/labeling-types";
import { projectQuery } from "../api/projects";
import { queries } from "../api/queries";
import type { Outgoing } from "./database";
import { forgetDrafts, keepDraft } from "./drafts";
import type { Outcome } from "./outbox";
import type { LabelingSession } from "./session";
import type { ReturnedItem } from "./snapshot";
import type { WorkItem } from "./work-page";
import { choiceFrom } from "./item-choice";

export class ReturnedWork {
  constructor(
    private readonly user: string,
    private readonly session: LabelingSession,
  ) {}

  /** Items on screen whose lease is gone. Without work on them they are replaced; a pause is told as a pause. */
  async lose(items: readonly WorkItem[]): Promise<void> {
    const { snapshot } = this.session;
    const [first] = items;
    if (!first) return;
    const project = await queries.query({ ...projectQuery(first.id.split("/")[0] ?? ""), staleTime: 0 });
    if (project.run_state !== "running") {
      this.session.setRunning(false);
      return;
    }
    const back = items.map((item): ReturnedItem => ({ item, choice: choiceOf(snapshot.log.page, item.id), refusal: "" }));
    this.session.takeOff(items);
    this.add(back.filter((one) => isTouched(one.choice)));
    if (this.session.snapshot.items.length === 0 && this.session.snapshot.returned.length === 0) await this.session.turnPage();
  }

  /** Results of a submission that were not `saved`. */
  takeOutcome({ entry, results }: Outcome): void {
    const { set } = this.session.snapshot.log.page.task;
    const sent = new Map(entry.items.map((item) => [item.id, item]));
    const back = results.flatMap((result): ReturnedItem[] => {
      const item = sent.get(result.id);
      if (!item || result.result === "saved") return [];
      return [{ item: shell(item, entry), choice: sentChoice(item, entry, set), refusal: refusalOf(result) }];
    });
    this.add(back);
  }

  /** Claims everything that came back once more. What somebody else has by now is gone; its draft goes too. */
  async claimAgain(): Promise<void> {
    const back = this.session.snapshot.returned;
    const page = await this.session.claimAgain(back.map((one) => one.item.id));
    const fits = (one: ReturnedItem): boolean => page.items.some((item) => item.id === one.item.id && item.version === one.item.version);
    const choices: Record<string, Choice> = { ...page.choices };
    for (const one of back.filter(fits)) choices[one.item.id] = one.choice;
    await this.forget(back.filter((one) => !fits(one)));
    this.session.merge({ ...page, choices, draftsBack: 0 });
    this.session.tell({ returned: [], gone: back.filter((one) => !fits(one)).length });
    if (this.session.snapshot.items.length === 0) await this.session.turnPage();
  }

  async dropAll(): Promise<void> {
    await this.forget(this.session.snapshot.returned);
    this.session.tell({ returned: [] });
    if (this.session.snapshot.items.length === 0) await this.session.turnPage();
  }

  private add(back: readonly ReturnedItem[]): void {
    if (back.length === 0) return;
    this.session.tell({ returned: [...this.session.snapshot.returned, ...back] });
    for (const { item, choice } of back) keepDraft(this.user, item.id, item.version, choice).catch(() => this.session.tell({ draftsKept: false }));
  }

  private async forget(back: readonly ReturnedItem[]): Promise<void> {
    await forgetDrafts(this.user, back.map((one) => one.item)).catch(() => this.session.tell({ draftsKept: false }));
  }
}

/** A submitted item is no longer on screen: of its file only the name is known. */
function shell(item: SubmitItem, { token, names }: Outgoing): WorkItem {
  return { id: item.id, version: item.version, token, name: names[item.id] ?? "", source: { datastore: "", key: "", etag: "", size: 0 }, media: null, answers: item.answers, regions: item.regions };
}

/** A mask comes back as it was worked on. */
function sentChoice(item: SubmitItem, { masks }: Outgoing, set: string): Choice {
  const job = masks?.[item.id];
  const choice = choiceFrom(item, set, item.skip);
  return job ? { ...choice, regions: job.polygons, mask: job.work } : choice;
}

function refusalOf(result: ItemResult): string {
  return result.result === "refused" ? result.message : "";
}
