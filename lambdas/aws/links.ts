import { attachment } from "./attachment.ts";
import { importLimits } from "../contract/imports.ts";
import { type Form, presigning } from "./wire/presign.ts";

/** Forms that upload one file straight from a browser: this key, this size, this long. */
export function uploadForms(bucket: string): (key: string, seconds: number) => Form {
  const { form } = presigning(bucket);
  return (key, seconds) => form(key, seconds, importLimits.bytes);
}

/** Where browsers send these forms. */
export const uploadsOrigin = (bucket: string): string => new URL(presigning(bucket).address).origin;

/** Bearer links to one object: a saved file under the given name, kept by no cache. */
export function fileLinks(bucket: string): (key: string, fileName: string, seconds: number) => string {
  const { link } = presigning(bucket);
  return (key, fileName, seconds) =>
    link(key, seconds, {
      "cache-control": "no-store",
      "content-disposition": attachment(fileName),
    });
}
