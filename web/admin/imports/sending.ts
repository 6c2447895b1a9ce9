import { useEffect, useRef, useState } from "react";
import type { AdminRoutes } from "../../../lambdas/contract/admin.ts";
import type { BodyInput, Reply } from "../../../lambdas/contract/route.ts";
import { Refused } from "../../shared/call.ts";
import { type Notice, useCall, useSpeech } from "../frame/contexts.ts";
import { errorNotice } from "../frame/error-alert.tsx";
import { postForm, UploadFailed } from "./post-form.ts";
import { importWords } from "./words.ts";

export type Order = BodyInput<AdminRoutes["createImport"]>;
type Announced = Reply<AdminRoutes["createImport"]>;

/**
 * Announces a file and sends it. What was announced for one order and these bytes is used again after a failure, so
 * that a file whose upload succeeded without an answer is not announced, and worked on, a second time.
 */
export function useSending(serviceId: string) {
  const call = useCall();
  const { language } = useSpeech();
  const [part, setPart] = useState<number>();
  const [notice, setNotice] = useState<Notice>();
  const underWay = useRef(false);
  const last = useRef<{ order: string; bytes: Uint8Array; key: string; announced?: Announced }>(undefined);
  const page = useRef(new AbortController());
  useEffect(() => {
    const left = new AbortController();
    page.current = left;
    return () => left.abort();
  }, []);

  /** The job's id, or `undefined` when it failed (`notice` says why) or the page was left. */
  async function send(order: Order, bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
    if (underWay.current) return undefined;
    const { signal } = page.current;
    underWay.current = true;
    setNotice(undefined);
    setPart(0);
    const written = JSON.stringify(order);
    const before = last.current;
    const request =
      before?.order === written && before.bytes === bytes
        ? before
        : { order: written, bytes, key: crypto.randomUUID() };
    last.current = request;
    try {
      request.announced ??= await call("createImport", {
        params: { serviceId },
        body: order,
        idempotencyKey: request.key,
        signal,
      });
      await postForm(request.announced.upload, bytes, { progress: setPart, signal });
      return signal.aborted ? undefined : request.announced.jobId;
    } catch (cause) {
      const status =
        cause instanceof UploadFailed ? cause.status : cause instanceof Refused ? cause.problem?.status : 0;
      // What was answered with a refusal has done nothing: the next attempt is a new request.
      if (status !== undefined && status >= 400 && status < 500) last.current = undefined;
      if (!signal.aborted) setNotice(noticeOf(cause));
      return undefined;
    } finally {
      underWay.current = false;
      setPart(undefined);
    }
  }

  function noticeOf(cause: unknown): Notice {
    const t = importWords[language];
    if (cause instanceof UploadFailed)
      return cause.status === 403
        ? { type: "error", header: t.formExpired, content: t.formExpiredAdvice }
        : { type: "error", header: t.notSent, content: t.notSentAdvice };
    const notice = errorNotice(cause, language);
    // The day may have become too early while the page was open; the field's own words say it best.
    const [field] = (cause instanceof Refused && cause.problem?.errors) || [];
    return field ? { ...notice, header: field.message } : notice;
  }

  return {
    /** Sent so far, 0 to 1; `undefined` while nothing is sent. */
    part,
    notice,
    send,
  };
}
