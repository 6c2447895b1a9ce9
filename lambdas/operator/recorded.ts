import type { AuditAction } from "../contract/audit.ts";
import { tenantOf } from "../registry/identifier.ts";
import { type Audit, noTenant } from "../transaction/audit.ts";
import type { Commit } from "../transaction/write.ts";
import type { CommandName } from "./options.ts";
import type { Asked } from "./signed-call.ts";
import type { Operator } from "./run.ts";

/**
 * Where a command's line in the audit comes from. "verb": the verb records what it changes or hands out, in its own
 * transaction. `call`: what is asked is recorded under this name before the verb runs. Otherwise why there is none.
 */
export const recordedBy: Readonly<
  Record<CommandName, "verb" | { readonly call: AuditAction } | { readonly no: string }>
> = {
  "tenant create": "verb",
  "tenant update": "verb",
  "tenant list": { call: "tenant.list" },
  "tenant show": { call: "tenant.show" },
  "service create": "verb",
  "service update": "verb",
  "organization create": "verb",
  "domain claim": "verb",
  "domain share": "verb",
  "domain release": "verb",
  "domain list": { call: "domain.list" },
  "administrator create": "verb",
  "administrator list": { call: "administrator.list" },
  "administrator resend": "verb",
  "administrator reissue": "verb",
  "administrator revoke": "verb",
  "certificate list": { call: "certificate.list" },
  "certificate show": { call: "certificate.show" },
  "certificate resend": "verb",
  "credential show": "verb",
  import: "verb",
  "import show": { no: "asked twice a second while a file runs; who announced the file is recorded" },
  "import stop": "verb",
  "import package": "verb",
  "audit list": { call: "audit.list" },
  "audit verify": { call: "audit.verify" },
  "nightly run": { call: "nightly.run" },
  "crl publish": { call: "crl.publish" },
  health: { no: "counts and times alone, asked every minute by monitors" },
};

/** Records that a command was called, by whom and with which options, where its verb does not. */
export async function recordCall(
  context: { readonly now: () => Date; readonly commit: Commit; readonly audit: Audit },
  name: CommandName,
  { options }: Asked,
  actor: Operator,
): Promise<void> {
  const recorded = recordedBy[name];
  if (recorded === "verb" || !("call" in recorded)) return;
  const { cursor: _, ...facts } = options;
  const named = Object.values(options).find((given) => typeof given === "string" && isId(given));
  const tenantId = typeof named === "string" ? tenantOf(named) : noTenant;
  await context.commit([
    context.audit.record({
      tenantId,
      at: context.now(),
      actor,
      action: recorded.call,
      // Not the thing that was looked at: its own history is of what was done to it.
      subject: tenantId,
      facts: Object.fromEntries(Object.entries(facts).map(([option, value]) => [option, String(value)])),
    }),
  ]);
}

export const isId = (given: string): boolean => /^t[0-9a-z]{10}(-[a-z][0-9a-z]{12})?$/.test(given);
