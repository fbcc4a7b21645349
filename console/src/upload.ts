/** Files to the server with progress and cancel, which `fetch` cannot report; bytes as they are. */
import { apiAddress, parsedRefusal, Refused, unanswered } from "./api";

export interface Upload<Answer> {
  done: Promise<Answer>;
  cancel: () => void;
}

/** `progress` is told a share from 0 to 1. */
export function upload<Answer>(path: string, file: File, progress: (share: number) => void): Upload<Answer> {
  const request = new XMLHttpRequest();
  const done = new Promise<Answer>((resolve, reject) => {
    request.open("POST", apiAddress(path));
    request.setRequestHeader("x-comptoir-upload", "1");
    request.setRequestHeader("x-comptoir-name", encodeURIComponent(file.name));
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as Answer);
      else reject(new Refused(parsedRefusal(request.responseText, request.status)));
    };
    request.onerror = () => reject(new Refused(unanswered()));
    request.onabort = () => reject(new DOMException("cancelled", "AbortError"));
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}

export function wasCancelled(failure: unknown): boolean {
  return failure instanceof DOMException && failure.name === "AbortError";
}
