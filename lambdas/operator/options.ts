import * as z from "zod/mini";
import { day, englishName, mail } from "../contract/fields.ts";
import { fileName, importOperations } from "../contract/imports.ts";
import { serviceOption } from "../contract/shapes.ts";

/** A name of a company, service or organization: printable, no control or bidirectional characters. */
const title = z
  .string()
  .check(
    z.trim(),
    z.minLength(1),
    z.maxLength(64),
    z.regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u, { error: "no control or bidirectional characters" }),
  );
/** Goes into the subject's O: printable ASCII reads the same on every device. */
const englishTitle = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(64), z.regex(/^[ -~]+$/, { error: "printable ASCII only" }));
const language = z._default(z.enum(["ja", "en"]), "ja");
const id = z.string().check(z.regex(/^t[0-9a-z]{10}(-[a-z][0-9a-z]{12})?$/, { error: "not an identifier of this system" }));
/** `a,b,c` → ["a", "b", "c"]. */
const list = z.pipe(
  z.string(),
  z.transform((text: string) =>
    text
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== ""),
  ),
);
const options = z.pipe(list, z.array(serviceOption)).check(
  z.refine((given) => !(given.includes("period") && given.includes("period-time")), {
    error: "period and period-time exclude each other",
  }),
);
const whole = z.coerce.number().check(z.int(), z.minimum(0), z.maximum(10_000_000));

const serviceChanges = {
  name: z.optional(title),
  options: z.optional(options),
  issuing: z.optional(z.boolean()),
  licences: z.optional(whole),
  key: z.optional(z.enum(["auto", "rsa2048", "rsa3072", "p256"])),
  "validity-months": z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(120))),
  "allow-o": z.optional(list),
  "allow-mail-domain": z.optional(list),
  "allow-upn": z.optional(list),
};

/** The operator's commands with their options, as `--name value` on the command line. */
export const commands = {
  "tenant create": z.strictObject({ name: title, "english-name": englishTitle, language }),
  "tenant list": z.strictObject({}),
  "tenant show": z.strictObject({ tenant: id }),
  "service create": z.strictObject({ tenant: id, ...serviceChanges, name: title }),
  "service update": z.strictObject({ service: id, ...serviceChanges }),
  "organization create": z.strictObject({ tenant: id, name: title }),
  "administrator create": z.strictObject({ tenant: id, name: title, "english-name": englishName, email: mail, language }),
  "administrator list": z.strictObject({ tenant: z.optional(id) }),
  "administrator resend": z.strictObject({ administrator: id }),
  "administrator revoke": z.strictObject({ administrator: id }),
  "certificate list": z.strictObject({
    tenant: id,
    service: z.optional(id),
    email: z.optional(mail),
    status: z.optional(z.enum(["issuing", "issued", "downloaded", "revoked", "failed"])),
  }),
  "certificate show": z.strictObject({ certificate: id, pem: z.optional(z.boolean()) }),
  "credential show": z.strictObject({ certificate: id }),
  import: z.strictObject({
    tenant: id,
    service: id,
    operation: z.enum(importOperations),
    "file-name": fileName,
    organization: z.optional(title),
    "bulk-download": z.optional(z.boolean()),
    on: z.optional(day),
    "dry-run": z.optional(z.boolean()),
  }),
  "import show": z.strictObject({ job: id }),
  "import package": z.strictObject({ job: id }),
  "nightly run": z.strictObject({ at: z.optional(z.iso.datetime({ offset: true })) }),
  "crl publish": z.strictObject({}),
  health: z.strictObject({}),
} as const;

export type CommandName = keyof typeof commands;
export type Options<C extends CommandName> = z.output<(typeof commands)[C]>;
