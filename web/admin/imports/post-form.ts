import type { AdminRoutes } from "../../../lambdas/contract/admin.ts";
import type { Reply } from "../../../lambdas/contract/route.ts";

export type Upload = Reply<AdminRoutes["createImport"]>["upload"];

/** Storage did not take a file: its HTTP status, 0 where no answer came. */
export class UploadFailed extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`the upload was answered with ${status}`);
    this.name = "UploadFailed";
    this.status = status;
  }
}

/**
 * Sends a file by the form that the server signed: its fields first, the file last
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html). `progress` is called with the part
 * that is sent, 0 to 1. By XMLHttpRequest, because fetch does not tell how much of a body is sent.
 */
export function postForm(
  { url, fields }: Upload,
  bytes: Uint8Array<ArrayBuffer>,
  given: { readonly progress: (part: number) => void; readonly signal: AbortSignal },
): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("file", new Blob([bytes], { type: "text/csv" }), "file.csv");
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) given.progress(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new UploadFailed(request.status));
    });
    for (const name of ["error", "timeout", "abort"] as const)
      request.addEventListener(name, () => reject(new UploadFailed(0)));
    given.signal.addEventListener("abort", () => request.abort());
    request.open("POST", url);
    request.send(form);
  });
}
