/** A server for unit tests: answers by method and path, remembers what it was asked. Not part of the product. */
import { vi } from "vitest";

interface Answer {
  status: number;
  body: unknown;
}

export interface Asked {
  method: string;
  path: string;
  body: unknown;
}

type Handler = (asked: Asked) => Answer | "unreachable";

export function serve(handler: Handler): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    const one = { method: init.method ?? "GET", path: url.replace("/api/v1", ""), body };
    asked.push(one);
    const answer = handler(one);
    if (answer === "unreachable") return Promise.reject(new TypeError("no connection"));
    return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status }));
  });
  return asked;
}
