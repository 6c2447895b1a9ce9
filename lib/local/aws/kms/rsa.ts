import { Worker } from "node:worker_threads";
import type { RsaAnswer, RsaOrder } from "./rsa-worker.ts";

/** Signs given SHA-256 digests with RSASSA-PKCS1-v1_5 in a worker: Node has no asynchronous call for a given digest. */
export type RsaSigner = {
  sign(keyId: string, key: Uint8Array, digest: Uint8Array): Promise<Uint8Array>;
  close(): void;
};

type Pending = { resolve(signature: Uint8Array): void; reject(failure: Error): void };

/** A signer with one worker thread, started with the first signature. */
export const createRsaSigner = (): RsaSigner => {
  const pending = new Map<number, Pending>();
  let worker: Worker | undefined;
  let last = 0;

  const rejectAll = (failure: Error): void => {
    for (const order of pending.values()) order.reject(failure);
    pending.clear();
    worker = undefined;
  };

  const start = (): Worker => {
    const started = new Worker(new URL("./rsa-worker.ts", import.meta.url));
    started.on("message", ({ id, signature, failure }: RsaAnswer) => {
      const order = pending.get(id);
      pending.delete(id);
      if (signature === undefined) order?.reject(new Error(failure ?? "no signature"));
      else order?.resolve(signature);
    });
    started.on("error", rejectAll);
    started.on("exit", () => rejectAll(new Error("The signing thread ended.")));
    started.unref();
    return started;
  };

  return {
    sign: async (keyId, key, digest) =>
      new Promise((resolve, reject) => {
        worker ??= start();
        last += 1;
        pending.set(last, { resolve, reject });
        const order: RsaOrder = { id: last, keyId, key, digest };
        worker.postMessage(order);
      }),
    close: () => void worker?.terminate(),
  };
};
