import { AwsError } from "../protocol.ts";
import type { Credentials } from "../sigv4.ts";
import { allows, type Ask, checkStatement, type Statement } from "./policy.ts";

/** A role by the credentials that its function is given. */
export type Role = Credentials & { readonly name: string; readonly statements: readonly Statement[] };

/** Tags of resources by ARN, which conditions read as `aws:ResourceTag/…`. */
export type Tags = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Who signs requests: the owner of the data folder, who may do everything, and roles, which may do what they say. */
export type Principals = {
  find(accessKeyId: string): Role | undefined;
  /** Adds roles, or takes what they said before back. */
  change(roles: readonly Role[], tags: Tags): void;
  /** Throws a 4xx AwsError unless the role may do all that is asked. The owner has none. */
  check(
    role: Role | undefined,
    asks: readonly Ask[],
    refusal: "AccessDenied" | "AccessDeniedException",
    status?: number,
  ): void;
};

/** `denied` receives a sentence for each request that a role's statements do not allow. */
export function principals(denied: (message: string) => void): Principals {
  const roles = new Map<string, Role>();
  const tags = new Map<string, Readonly<Record<string, string>>>();
  const tagsOf = (resource: string) =>
    Object.fromEntries(
      Object.entries(tags.get(resource) ?? {}).map(([name, value]) => [`aws:ResourceTag/${name}`, value]),
    );
  return {
    find: (accessKeyId) => roles.get(accessKeyId),
    change: (more, tagged) => {
      for (const role of more) {
        role.statements.forEach(checkStatement);
        roles.set(role.accessKeyId, role);
      }
      for (const [resource, own] of Object.entries(tagged)) tags.set(resource, own);
    },
    check: (role, asks, refusal, status = refusal === "AccessDenied" ? 403 : 400) => {
      if (role === undefined) return;
      for (const ask of asks) {
        const { action, resource, context } = ask;
        if (allows(role.statements, { ...ask, context: { ...context, ...tagsOf(resource) } })) continue;
        const named = context === undefined ? "" : ` (${JSON.stringify(context)})`;
        const message = `User: ${role.name} is not authorized to perform: ${action} on resource: ${resource}${named}`;
        denied(message);
        throw new AwsError(refusal, message, status);
      }
    },
  };
}
