import * as z from "zod/mini";
import { certificateFields } from "../../contract/certificate-fields.ts";
import { device, englishName, kana, mail, personName } from "../../contract/fields.ts";
import type { ImportColumnKey } from "../../contract/import-layouts.ts";
import { converted } from "../../contract/text.ts";

/** Spreadsheets drop the leading zero of `01`. */
const deviceCode = z.pipe(
  z.pipe(
    converted(64),
    z.transform((value: string) => value.replace(/^1$/, "01")),
  ),
  z.string().check(z.refine((value) => device.safeParse(value).success, { error: "deviceCode" })),
);

/** What each column's cells must obey, and are normalised by. */
export const cellRules: Readonly<Record<ImportColumnKey, z.ZodMiniType<string, string>>> = {
  ...certificateFields,
  primaryEmail: mail,
  familyName: personName,
  givenName: personName,
  familyNameKana: kana,
  givenNameKana: kana,
  familyNameEnglish: englishName,
  givenNameEnglish: englishName,
  device: deviceCode,
};
