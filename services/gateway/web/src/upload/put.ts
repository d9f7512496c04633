/** One PUT with progress. `fetch` can't tell how much was sent, so this is an XMLHttpRequest. */
import { address, csrfToken } from "../api/http";
import { ApiError, toProblem, unreachable } from "../api/problem";

export interface Put<T = unknown> {
  /** What the server answered. */
  readonly done: Promise<T>;
  readonly abort: () => void;
}

const encoded = (key: string): string => key.split("/").map(encodeURIComponent).join("/");

export function putObject(datastore: string, key: string, file: File, overwrite: boolean, onSent: (bytes: number) => void): Put {
  return putFile(`/datastores/${encodeURIComponent(datastore)}/objects/${encoded(key)}`, { overwrite }, file, onSent);
}

export function putFile<T>(path: string, query: Record<string, string | boolean>, file: File, onSent: (bytes: number) => void): Put<T> {
  const request = new XMLHttpRequest();
  const done = new Promise<T>((resolve, reject) => {
    request.open("PUT", address(path, query));
    request.setRequestHeader("X-CSRF-Token", csrfToken());
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onload = () => (request.status < 300 ? resolve(JSON.parse(request.responseText) as T) : reject(refusal(request)));
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(unreachable());
    request.send(file);
  });
  return { done, abort: () => request.abort() };
}

function refusal(request: XMLHttpRequest): ApiError {
  try {
    return toProblem(request.status, JSON.parse(request.responseText));
  } catch {
    return toProblem(request.status, undefined);
  }
}
