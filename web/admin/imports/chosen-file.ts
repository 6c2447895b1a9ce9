import { useRef, useState } from "react";
import type { ImportLayout } from "../../../lambdas/contract/import-layouts.ts";
import { importLimits } from "../../../lambdas/contract/imports.ts";
import { type Preview, previewOf } from "./preview.ts";

/** A file as it was when it was chosen: what is shown of it is what is sent, whatever becomes of it on the disk. */
export type ChosenFile = { readonly file: File; readonly bytes: Uint8Array<ArrayBuffer>; readonly preview: Preview };

const nothing = new Uint8Array();

/** The chosen file, read once. */
export function useChosenFile(layout: ImportLayout) {
  const [chosen, setChosen] = useState<ChosenFile>();
  const newest = useRef<File>(undefined);

  async function choose(file: File | undefined): Promise<void> {
    newest.current = file;
    const read = file && (await readFile(file, layout));
    // A larger file that was chosen before may be read later.
    if (newest.current === file) setChosen(read);
  }

  return [chosen, choose] as const;
}

async function readFile(file: File, layout: ImportLayout): Promise<ChosenFile> {
  if (file.size > importLimits.bytes) return { file, bytes: nothing, preview: { fault: "tooLarge" } };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return { file, bytes, preview: previewOf(bytes, layout) };
  } catch {
    return { file, bytes: nothing, preview: { fault: "unreadable" } };
  }
}
