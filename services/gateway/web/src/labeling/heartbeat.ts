/** A sign of life each minute, each five when hidden, and at once when the page is seen or the network is there again. Counts the time of activity. */
import { type Clock, startClock, touch } from "../annotator/effort";

const SEEN_MS = 60_000;
const HIDDEN_MS = 300_000;
const INPUTS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

export class Heartbeat {
  /** When the page at work was shown. */
  shownAt = Date.now();
  private timer = 0;
  private lastBeat = 0;
  private clock: Clock = startClock(Date.now());

  constructor(private readonly beat: () => void) {}

  start(): void {
    this.lastBeat = Date.now();
    this.timer = window.setInterval(this.tick, SEEN_MS);
    document.addEventListener("visibilitychange", this.seen);
    window.addEventListener("online", this.now);
    for (const name of INPUTS) window.addEventListener(name, this.input, { passive: true, capture: true });
  }

  stop(): void {
    window.clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.seen);
    window.removeEventListener("online", this.now);
    for (const name of INPUTS) window.removeEventListener(name, this.input, { capture: true });
  }

  /** A page was shown: its time starts. */
  newPage(): void {
    this.shownAt = Date.now();
    this.clock = startClock(this.shownAt);
  }

  activeMs(): number {
    return touch(this.clock, Date.now()).activeMs;
  }

  idleMs(): number {
    return Date.now() - this.clock.lastInput;
  }

  private readonly input = (): void => {
    this.clock = touch(this.clock, Date.now());
  };

  private readonly tick = (): void => {
    if (!document.hidden || Date.now() - this.lastBeat >= HIDDEN_MS - SEEN_MS / 2) this.now();
  };

  private readonly seen = (): void => {
    if (!document.hidden && Date.now() - this.lastBeat >= SEEN_MS) this.now();
  };

  private readonly now = (): void => {
    this.lastBeat = Date.now();
    this.beat();
  };
}
