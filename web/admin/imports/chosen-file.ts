import { useRef, useState } from "react";
import type { ImportOperation } from "../../../lambdas/contract/imports.ts";
import type { Service } from "../../../lambdas/contract/shapes.ts";
import { useCall } from "../frame/contexts.ts";
import { type Check, checkFile, sizeFault } from "./check-file.ts";

/** A file as it was when it was chosen: what is checked of it is what is sent, whatever becomes of it on the disk. */
export type ChosenFile = { readonly file: File; readonly bytes: Uint8Array<ArrayBuffer>; readonly check: Check };

const nothing = new Uint8Array();

/** The chosen file, read once, and what its check has come to. */
export function useChosenFile(operation: ImportOperation, service: Service) {
  const call = useCall();
  const [chosen, setChosen] = useState<ChosenFile>();
  const newest = useRef<File>(undefined);

  /** The service as it is now: licences are taken and given back while a page is open. */
  async function present(): Promise<Service> {
    try {
      const { services } = await call("listServices");
      return services.find(({ serviceId }) => serviceId === service.serviceId) ?? service;
    } catch {
      return service;
    }
  }

  async function choose(file: File | undefined): Promise<void> {
    newest.current = file;
    if (file === undefined) return setChosen(undefined);
    // Of two files, the larger that was chosen first may be read later.
    const isNewest = () => newest.current === file;
    const show = (bytes: Uint8Array<ArrayBuffer>, check: Check) => isNewest() && setChosen({ file, bytes, check });
    const fault = sizeFault(file.size);
    if (fault !== undefined) return void show(nothing, { state: "refused", fault });
    const read = Promise.all([file.arrayBuffer(), present()]);
    const [content, contracted] = await read.catch(() => [undefined, service] as const);
    if (content === undefined) return void show(nothing, { state: "unreadable" });
    const bytes = new Uint8Array(content);
    for await (const check of checkFile(bytes, operation, contracted, new Date())) {
      if (!isNewest()) return;
      show(bytes, check);
    }
  }

  return [chosen, choose] as const;
}
