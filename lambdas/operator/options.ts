import * as z from "zod/mini";
import { day, englishName, mail, personName } from "../contract/fields.ts";
import { fileName, importOperations } from "../contract/imports.ts";
import { contractableOptions, type ServiceOption, serviceOptions, statuses } from "../contract/shapes.ts";
import { title as titleOf } from "../contract/text.ts";
import { domainKinds } from "../registry/claim.ts";
import { normalDomain } from "../registry/domain.ts";
import { organizationKey } from "../registry/organization-key.ts";
import { pkcs12Choices } from "../registry/tenant.ts";
import { noTenant } from "../transaction/audit.ts";

// Every check says what is allowed, in words (`error`) or as a code of `contract/rules.ts`.

const valued = { error: "needs a value" };
const flag = z.boolean({ error: "takes no value" });
/** A flag that has no opposite. */
const given = z.literal(true, { error: "takes no value" });
const oneOf = new Intl.ListFormat("en-GB", { type: "disjunction" });
const either = <const T extends readonly string[]>(values: T) => z.enum(values, { error: oneOf.format(values) });

/** A name of a company, service or organization. */
const title = z.pipe(z.string(valued), titleOf(64));
/** A person's whole name. */
const fullName = z.pipe(z.string(valued), personName);
const plain = { error: "1 to 64 printable ASCII characters" };
const comparable = z.refine<string>((name) => organizationKey(name) !== undefined, {
  error: "a name with a letter or digit, by which it is told from others",
});
/** Goes into the subject's O: printable ASCII reads the same on every device. */
const englishTitle = z
  .string(valued)
  .check(z.trim(), z.minLength(1, plain), z.maxLength(64, plain), z.regex(/^[ -~]*$/, plain), comparable);
const organizationTitle = title.check(comparable);
const language = z._default(either(["ja", "en"]), "ja");
const id = z
  .string(valued)
  .check(z.regex(/^t[0-9a-z]{10}(-[a-z][0-9a-z]{12})?$/, { error: "not an identifier of this system" }));
/** `a,b,c` → ["a", "b", "c"]. */
const list = z.pipe(
  z.string(valued),
  z.transform((text: string) =>
    text
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== ""),
  ),
);
const domain = z.pipe(
  z
    .string(valued)
    .check(z.refine((text) => normalDomain(text) !== undefined, { error: "a domain such as example.jp" })),
  z.transform((text: string) => normalDomain(text) ?? text),
);
/** A list that names something. An empty one is a slip: taking the list away has an option of its own. */
const listOf = (item: z.ZodMiniType<string, string>, clearing: string) =>
  z.pipe(
    z.string(valued).check(
      z.refine((text) => text.split(",").every((one) => one.trim() !== ""), {
        error: `a,b,… with nothing empty between commas; --${clearing} takes the list away`,
        abort: true,
      }),
    ),
    z.pipe(
      z.transform((text: string) => text.split(",")),
      z.array(item).check(z.maxLength(40, { error: "at most 40" })),
    ),
  );
const kind = z._default(either(domainKinds), "mail");
/** The options that list what certificates may name, each with the option that takes the list away. */
export const allowLists = {
  "allow-o": "allow-own-o",
  "allow-mail-domain": "allow-any-mail-domain",
  "allow-upn": "allow-no-upn",
} as const;
const available = contractableOptions.join(", ");
const isContractable = (option: ServiceOption) => contractableOptions.some((one) => one === option);
const options = z.pipe(list, z.array(z.enum(serviceOptions, { error: `any of ${available}` }))).check(
  z.refine((given) => given.every(isContractable), {
    error: ({ input }) =>
      `${(input as ServiceOption[]).filter((one) => !isContractable(one)).join(", ")} cannot be contracted yet: it does nothing in this version; any of ${available}`,
  }),
  z.refine((given) => !(given.includes("period") && given.includes("period-time")), {
    error: "period and period-time exclude each other",
  }),
);
const whole = (least: number, most: number) => {
  const allowed = { error: `a whole number from ${least} to ${most}` };
  // Digits alone: nothing, a blank or `1e3` would be a number too.
  const digits = z.string(allowed).check(z.regex(/^\d+$/, allowed));
  return z.pipe(
    z.pipe(
      digits,
      z.transform((text: string) => Number(text)),
    ),
    z.number().check(z.int(allowed), z.minimum(least, allowed), z.maximum(most, allowed)),
  );
};
const instant = z.iso.datetime({
  offset: true,
  error: "an instant with its offset, such as 2026-04-01T00:00:00+09:00",
});

const serviceChanges = {
  name: z.optional(title),
  options: z.optional(options),
  issuing: z.optional(flag),
  licences: z.optional(whole(0, 10_000_000)),
  key: z.optional(either(["auto", "rsa2048", "rsa3072", "p256"])),
  pkcs12: z.optional(either(pkcs12Choices)),
  "validity-months": z.optional(whole(1, 120)),
  "allow-o": z.optional(listOf(organizationTitle, "allow-own-o")),
  "allow-own-o": z.optional(given),
  "allow-mail-domain": z.optional(listOf(domain, "allow-any-mail-domain")),
  "allow-any-mail-domain": z.optional(given),
  "allow-upn": z.optional(listOf(domain, "allow-no-upn")),
  "allow-no-upn": z.optional(given),
};
const withLists = Object.entries(allowLists).map(([list, clearing]) =>
  z.refine<object>((options) => !(list in options && clearing in options), {
    error: `excludes --${list}`,
    path: [clearing],
  }),
);

/** The operator's commands with their options, as `--name value` on the command line. */
export const commands = {
  "tenant create": z.strictObject({ name: title, "english-name": englishTitle, language }),
  "tenant update": z.strictObject({
    tenant: id,
    name: z.optional(title),
    "english-name": z.optional(englishTitle),
    language: z.optional(either(["ja", "en"])),
  }),
  "tenant list": z.strictObject({}),
  "tenant show": z.strictObject({ tenant: id }),
  "service create": z.strictObject({ tenant: id, ...serviceChanges, name: title }).check(...withLists),
  "service update": z.strictObject({ service: id, ...serviceChanges }).check(...withLists),
  "organization create": z.strictObject({ tenant: id, name: title }),
  "domain claim": z.strictObject({ tenant: id, domain, kind }),
  "domain share": z.strictObject({ domain, kind }),
  "domain release": z
    .strictObject({ domain: z.optional(domain), kind: z.optional(either(domainKinds)), o: z.optional(title) })
    .check(
      z.refine(({ domain: one, o }) => (one === undefined) !== (o === undefined), {
        error: "either this, or --o with the name of an organization",
        path: ["domain"],
      }),
      z.refine(({ kind: given, o }) => given === undefined || o === undefined, {
        error: "is for --domain alone",
        path: ["kind"],
      }),
    ),
  "domain list": z.strictObject({ tenant: z.optional(id) }),
  "administrator create": z.strictObject({
    tenant: id,
    name: fullName,
    "english-name": englishName,
    email: mail,
    language,
  }),
  "administrator list": z.strictObject({ tenant: z.optional(id) }),
  "administrator resend": z.strictObject({ administrator: id }),
  "administrator reissue": z.strictObject({ administrator: id, now: z.optional(flag) }),
  "administrator revoke": z.strictObject({ administrator: id }),
  "certificate list": z.strictObject({
    tenant: id,
    service: z.optional(id),
    email: z.optional(mail),
    status: z.optional(either(statuses)),
    // The command line's own: it asks for page after page.
    limit: z._default(whole(1, 1000), 1000),
    cursor: z.optional(z.string(valued)),
  }),
  "certificate show": z.strictObject({ certificate: id, pem: z.optional(flag) }),
  "certificate resend": z.strictObject({ certificate: id }),
  "credential show": z.strictObject({ certificate: id }),
  import: z.strictObject({
    tenant: id,
    service: id,
    operation: either(importOperations),
    "file-name": fileName,
    organization: z.optional(title),
    "bulk-download": z.optional(flag),
    on: z.optional(day),
    "dry-run": z.optional(flag),
  }),
  "import show": z.strictObject({ job: id }),
  "import stop": z.strictObject({ job: id }),
  "import package": z.strictObject({ job: id }),
  "audit list": z.strictObject({
    tenant: z.union([id, z.literal(noTenant)], { error: `an identifier of a tenant, or "${noTenant}"` }),
    from: z.optional(instant),
    to: z.optional(instant),
    cursor: z.optional(z.string(valued).check(z.maxLength(400, valued))),
  }),
  "audit verify": z.strictObject({
    from: z.optional(z.iso.date({ error: "a UTC day, such as 2026-12-01" })),
  }),
  "nightly run": z.strictObject({ at: z.optional(instant) }),
  "crl publish": z.strictObject({}),
  health: z.strictObject({}),
} as const;

export type CommandName = keyof typeof commands;
export type Options<C extends CommandName> = z.output<(typeof commands)[C]>;
