import type { Write } from "./write.ts";

/** One line of the audit: who did what to what, and when. Never a secret. */
export type AuditEntry = {
  readonly tenantId: string;
  readonly at: Date;
  readonly actor: Actor;
  readonly action: string;
  readonly subject: string;
  readonly facts?: Readonly<Record<string, string | number>>;
};

export type Actor =
  | { readonly kind: "administrator"; readonly id: string; readonly name: string; readonly address: string }
  | { readonly kind: "operator"; readonly name: string }
  | { readonly kind: "holder"; readonly address: string }
  | { readonly kind: "system"; readonly name: string };

export type Audit = {
  record(entry: AuditEntry): Write;
};
