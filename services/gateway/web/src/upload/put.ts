/** One PUT with progress. `fetch` can't tell how much was sent, so this is an XMLHttpRequest. */
import { address, csrfToken } from "../api/http";
import { ApiError, toProblem, unreachable } from "../api/problem";

export interface Put {
  readonly done: Promise<void>;
  readonly abort: () => void;
}

const encoded = (key: string): string => key.split("/").map(encodeURIComponent).join("/");

export function putObject(datastore: string, key: string, file: File, overwrite: boolean, onSent: (bytes: number) => void): Put {
  const request = new XMLHttpRequest();
  const done = new Promise<void>((resolve, reject) => {
    request.open("PUT", address(`/datastores/${encodeURIComponent(datastore)}/objects/${encoded(key)}`, { overwrite }));
    request.setRequestHeader("X-CSRF-Token", csrfToken());
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onload = () => (request.status < 300 ? resolve() : reject(refusal(request)));
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
