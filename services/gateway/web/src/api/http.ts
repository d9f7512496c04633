/** The one place that talks to the server: JSON in, JSON out, cookies and CSRF token, failures as ApiError. */
import { toProblem, unreachable } from "./problem";

export const BASE = "/api/v1";

type Query = Record<string, string | number | boolean | undefined>;

interface Options {
  body?: unknown;
  query?: Query;
  signal?: AbortSignal;
  idempotencyKey?: string;
}

/** Told of each 401, so that the sign-in dialog can open over whatever is shown. */
let onSignedOut: () => void = () => undefined;

export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

export function csrfToken(): string {
  const found = /(?:^|;\s*)labelbus_csrf=([^;]+)/.exec(document.cookie);
  return found?.[1] ? decodeURIComponent(found[1]) : "";
}

export function address(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== "") parameters.set(name, String(value));
  const text = parameters.toString();
  return `${BASE}${path}${text ? `?${text}` : ""}`;
}

async function parsed(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const text = await response.text();
  try {
    return text ? (JSON.parse(text) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

async function send(method: string, path: string, options: Options, accept: string): Promise<Response> {
  const headers = new Headers({ Accept: accept });
  if (options.body !== undefined) headers.set("Content-Type", "application/json");
  if (method !== "GET") headers.set("X-CSRF-Token", csrfToken());
  if (options.idempotencyKey) headers.set("Idempotency-Key", options.idempotencyKey);
  let response: Response;
  try {
    response = await fetch(address(path, options.query), {
      method,
      headers,
      body: options.body === undefined ? null : JSON.stringify(options.body),
      credentials: "same-origin",
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw unreachable();
  }
  if (response.ok) return response;
  if (response.status === 401 && path !== "/session" && path !== "/session/link") onSignedOut();
  throw toProblem(response.status, await parsed(response));
}

export async function request<T>(method: string, path: string, options: Options = {}): Promise<T> {
  return (await parsed(await send(method, path, options, "application/json"))) as T;
}

/** What is no JSON: texts, pixels. A connection that breaks half way is a failure like any other. */
export async function getBytes(path: string, query: Query = {}, signal?: AbortSignal): Promise<ArrayBuffer> {
  const response = await send("GET", path, { query, ...(signal && { signal }) }, "*/*");
  return response.arrayBuffer().catch(() => Promise.reject(unreachable()));
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  request<T>("GET", path, { ...(query && { query }), ...(signal && { signal }) });
export const post = <T>(path: string, body?: unknown, options: Options = {}): Promise<T> => request<T>("POST", path, { body: body ?? {}, ...options });
export const patch = <T>(path: string, body: unknown): Promise<T> => request<T>("PATCH", path, { body });
export const put = <T>(path: string, body: unknown): Promise<T> => request<T>("PUT", path, { body });
export const remove = <T>(path: string, query?: Query, body?: unknown): Promise<T> =>
  request<T>("DELETE", path, { ...(query && { query }), ...(body !== undefined && { body }) });
