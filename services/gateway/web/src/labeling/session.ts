/**
 * One person at work on one project in one tab: shows pages, keeps drafts, submits through the outbox, lives through pause, lost
 * leases and lost connections. Knows no React; `snapshot` is what there is to show.
 */
import type { Command } from "../annotator/command";
import { fit, type Layout } from "../annotator/layout";
import { drop, type Log, record, redo, startLog, undo } from "../annotator/log";
import { isComplete, openPage, type Task, touched } from "../annotator/page";
import { oneAPage } from "../annotator/task";
import { afterLabel, keepWithin, NONE, type Selection, selectNone, targets } from "../annotator/selection";
import { chooseLabel } from "../annotator/tagging";
import { ApiError } from "../api/problem";
import { onSignedIn } from "../api/session";
import { clientId } from "./client";
import { forgetDrafts, forgetOldDrafts, keepChanges } from "./drafts";
import { Heartbeat } from "./heartbeat";
import { whyNoPage } from "./no-page";
import { Observed } from "./observed";
import { outbox } from "./outbox";
import { forgetPlace, type Place, rememberedLayout, rememberedPlace, rememberLayout, rememberPlace } from "./place";
import { ReturnedWork } from "./returned";
import { firstSnapshot, type Snapshot } from "./snapshot";
import { submissions } from "./submission";
import { Supply } from "./supply";
import type { WorkItem, WorkPage } from "./work-page";

const POLL_MS = 5_000;

export class LabelingSession extends Observed<Snapshot> {
  readonly returned: ReturnedWork;
  private supply: Supply | null = null;
  private stopped = false;
  private poll = 0;
  /** The last claim was refused because of pages that are not saved yet. */
  private full = false;
  private opening: Promise<void> | null = null;
  private switching = Promise.resolve();
  private ends: (() => void)[] = [];
  private readonly heartbeat = new Heartbeat(() => void this.beat());

  constructor(
    private readonly user: string,
    private readonly project: string,
    private readonly task: Task,
  ) {
    super(firstSnapshot(task, oneAPage(task.type) ? 1 : rememberedLayout()));
    this.returned = new ReturnedWork(user, this);
  }

  async start(): Promise<void> {
    this.stopped = false;
    this.heartbeat.start();
    const hide = (): void => this.supply?.hide();
    window.addEventListener("pagehide", hide);
    this.ends = [
      outbox.onOutcome((outcome) => this.returned.takeOutcome(outcome)),
      outbox.onChange(() => void (this.full ? this.claimWhenSaved() : this.lookAhead())),
      onSignedIn(this.resume),
      () => window.removeEventListener("pagehide", hide),
    ];
    forgetOldDrafts().catch(() => this.tell({ draftsKept: false }));
    const [client] = await Promise.all([clientId(), outbox.start(this.user)]);
    if (this.gone()) return;
    this.supply = new Supply(this.user, this.project, this.task.set, client);
    await this.openFirst();
  }

  /** Leaves the page. What holds no work goes back to the queue; the rest stays leased for whoever comes back to its drafts. */
  stop(): void {
    this.stopped = true;
    for (const end of this.ends) end();
    this.heartbeat.stop();
    window.clearTimeout(this.poll);
    const idle = touched(this.snapshot.log.page).length === 0;
    if (idle) forgetPlace(this.project);
    void this.supply?.close(idle ? this.snapshot.items : []);
  }

  /** The project's run state as last heard. */
  setRunning(running: boolean): void {
    if (running === !this.snapshot.paused) return;
    this.tell({ paused: !running });
    if (running) this.resume();
    else if (this.snapshot.items.length === 0) this.tell({ phase: "blocked" });
  }

  readonly resume = (): void => {
    outbox.tryNow();
    if (this.snapshot.items.length === 0) void this.openFirst();
    else void this.beat().then(() => this.lookAhead());
  };

  // What the hand does

  select(selection: Selection): void {
    this.tell({ selection });
  }

  /** Gives or takes a label. False when no image is selected that it could go to. */
  choose(label: string): boolean {
    const { log, selection } = this.snapshot;
    const chosen = targets(selection, log.page.items);
    const command = chooseLabel(log.page, chosen, label);
    if (command) this.do(command);
    if (command) this.tell({ selection: afterLabel(selection, this.task.multi) });
    return chosen.length > 0;
  }

  do(command: Command): void {
    this.become(record(this.snapshot.log, command));
  }

  undo(): void {
    this.become(undo(this.snapshot.log));
  }

  redo(): void {
    this.become(redo(this.snapshot.log));
  }

  /** Marks the selected images as skipped; a single image, or a page with none selected, is skipped and submitted at once. */
  skip(): void {
    const { log, selection } = this.snapshot;
    const items = log.page.items;
    if (items.length === 0 || this.snapshot.paused) return;
    const chosen = targets(selection, items);
    const all = items.length === 1 || chosen.length === 0;
    this.do({ type: "skip", items: all ? items : chosen });
    if (all) this.submit();
    else this.tell({ selection: selectNone(selection) });
  }

  submit(): boolean {
    const { log, items, paused } = this.snapshot;
    if (!isComplete(log.page) || paused) return false;
    const pages = submissions(this.project, items, log, this.heartbeat.activeMs(), this.heartbeat.shownAt);
    for (const page of pages) void outbox.add(page);
    void this.turnPage();
    return true;
  }

  /** Switches at once; what it needs from the server is asked for one switch after the other. */
  setLayout(layout: Layout): Promise<void> {
    rememberLayout(layout);
    this.tell({ layout });
    return (this.switching = this.switching.then(() => this.refit()));
  }

  /** Drops the page's labels, keeps the items that fit, gives the rest and the page ahead back, fills up (F126, A8). */
  private async refit(): Promise<void> {
    const { items, log, layout } = this.snapshot;
    const { keep } = fit(log.page.items, layout);
    const kept = items.filter((item) => keep.includes(item.id));
    await forgetDrafts(this.user, items).catch(() => this.tell({ draftsKept: false }));
    this.tell({ items: kept, log: startLog(openPage(this.task, keep)), selection: NONE });
    await this.supply?.giveBack(items.filter((item) => !keep.includes(item.id)));
    await this.supply?.dropAhead();
    // A claim that does not name the page at work takes it over: one lease again, however often the layout is switched.
    if (layout > kept.length) await this.guarded(async (supply) => this.show(await supply.claim(layout, [])));
    this.remember();
    void this.lookAhead();
  }

  // Pages

  /** Shows more items beside those at work. */
  merge(more: WorkPage): void {
    const { items, log, kind } = this.snapshot;
    if (more.items.length === 0) return;
    const choices = { ...log.page.choices, ...more.choices };
    this.show({ ...more, kind: items.length > 0 ? kind : more.kind, items: [...items, ...more.items], choices });
  }

  /** Claims items by name and makes room for them: images without work on them go back to the queue. */
  async claimAgain(ids: readonly string[]): Promise<WorkPage> {
    if (!this.supply) throw new Error("not started");
    const { items, log } = this.snapshot;
    const idle = items.filter((item) => !touched(log.page).includes(item.id));
    await this.supply.dropAhead();
    await this.supply.giveBack(idle);
    this.takeOff(idle);
    return this.supply.claimAgain(ids);
  }

  /** Items leave the page, also what undo could bring back. */
  takeOff(gone: readonly WorkItem[]): void {
    const { items, log, selection } = this.snapshot;
    const ids = new Set(gone.map((item) => item.id));
    const left = drop(log, ids);
    this.tell({ items: items.filter((item) => !ids.has(item.id)), log: left, selection: keepWithin(selection, left.page.items) });
  }

  /** The next page: the one fetched ahead, at once, or a new claim. */
  async turnPage(): Promise<void> {
    const next = this.supply?.take();
    if (next) {
      this.show(next);
      await this.lookAhead();
      return;
    }
    this.tell({ phase: "waiting", items: [], log: startLog(openPage(this.task, [])), selection: NONE });
    forgetPlace(this.project);
    await outbox.settled();
    if (this.snapshot.items.length === 0) await this.openFirst();
  }

  private show(page: WorkPage): void {
    this.heartbeat.newPage();
    const ids = page.items.map((item) => item.id);
    const log = startLog(openPage(this.task, ids, page.choices));
    this.tell({ phase: "working", kind: page.kind, items: page.items, log, selection: NONE, error: null, draftsBack: page.draftsBack });
    this.remember();
  }

  /** One at a time: a second claim would take the page of the first over. */
  private async openFirst(): Promise<void> {
    if (this.opening) return this.opening;
    const place = rememberedPlace(this.project);
    this.opening = this.guarded((supply) => this.open(supply, place)).finally(() => (this.opening = null));
    await this.opening;
    const { phase, items } = this.snapshot;
    if (place && phase === "working") await this.fillUp(place.items.length - items.length);
    await this.lookAhead();
  }

  private async open(supply: Supply, place: Place | null): Promise<void> {
    const page = await supply.first(this.snapshot.layout, place);
    if (this.stopped) return supply.giveBack(page.items);
    if (page.items.length > 0) {
      this.show(page);
      return;
    }
    forgetPlace(this.project);
    this.tell({ phase: "done", items: [], othersHold: page.othersHold, ownHold: page.ownHold, pending: page.pending, error: null });
    this.pollLater();
  }

  private async fillUp(count: number): Promise<void> {
    if (count > 0) await this.guarded(async (supply) => this.merge(await supply.claim(count, this.snapshot.items)));
    if (this.snapshot.items.length === 0 && this.snapshot.phase === "working") await this.turnPage();
  }

  private async lookAhead(): Promise<void> {
    const { phase, paused, layout, items } = this.snapshot;
    if (phase !== "working" || paused || this.stopped) return;
    await this.guarded((supply) => supply.lookAhead(layout, items));
    this.remember();
  }

  private async guarded(work: (supply: Supply) => Promise<void>): Promise<void> {
    if (!this.supply) return;
    try {
      await work(this.supply);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const why = whyNoPage(error);
      if (why.paused) this.tell({ paused: true });
      if (this.snapshot.items.length > 0) return;
      this.full = why.full;
      this.tell({ phase: why.phase, error });
      if (why.again) this.pollLater();
    }
  }

  private async claimWhenSaved(): Promise<void> {
    if (outbox.tokens(this.project).length > 0) return;
    this.full = false;
    window.clearTimeout(this.poll);
    await this.openFirst();
  }

  private pollLater(): void {
    window.clearTimeout(this.poll);
    if (!this.stopped) this.poll = window.setTimeout(() => (document.hidden ? this.pollLater() : void this.openFirst()), POLL_MS);
  }

  private async beat(): Promise<void> {
    const { items, paused } = this.snapshot;
    if (paused) return;
    await this.guarded(async (supply) => {
      const lost = await supply.beat(items, this.heartbeat.idleMs());
      if (lost.size > 0) await this.returned.lose(items.filter((item) => lost.has(item.token)));
    });
  }

  private become(log: Log): void {
    const before = this.snapshot.log.page;
    this.tell({ log, draftsBack: 0, gone: 0 });
    keepChanges(this.user, this.snapshot.items, before, log.page).catch(() => this.tell({ draftsKept: false }));
  }

  private remember(): void {
    const { items, phase } = this.snapshot;
    if (phase === "working") rememberPlace(this.project, this.supply?.tokens(items) ?? [], items);
  }

  private gone(): boolean {
    return this.stopped;
  }
}
