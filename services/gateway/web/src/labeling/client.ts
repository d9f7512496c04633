/** Who this tab is to the queue. The id survives a reload; a duplicated tab, which copies it, finds its lock taken and makes its own. */
import { randomId } from "../api/random";

const STORED = "labelbus.client";
/** A reload may start before the old page let go of its lock. */
const PATIENCE_MS = 700;

let mine: Promise<string> | null = null;

/** The name of the lock that a tab holds for as long as it lives. */
export function lockOf(client: string): string {
  return `labelbus-client-${client}`;
}

/** The id of this tab, once it labeled; for sign-out, which releases what it holds. */
export function knownClient(): string | null {
  return sessionStorage.getItem(STORED);
}

function fresh(): string {
  const id = randomId(12);
  sessionStorage.setItem(STORED, id);
  return id;
}

/** Takes the lock of `id` for as long as this page lives. False if another tab has it. */
function holds(id: string, patienceMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    navigator.locks
      .request(lockOf(id), { signal: AbortSignal.timeout(patienceMs) }, () => {
        resolve(true);
        return new Promise<never>(() => undefined);
      })
      .catch(() => resolve(false));
  });
}

async function find(): Promise<string> {
  const stored = knownClient();
  // Without locks (plain http on a network) the stored id has to do; leases stay safe by token and version.
  if (!("locks" in navigator)) return stored ?? fresh();
  if (stored && (await holds(stored, PATIENCE_MS))) return stored;
  const id = fresh();
  await holds(id, PATIENCE_MS);
  return id;
}

export function clientId(): Promise<string> {
  mine ??= find();
  return mine;
}
