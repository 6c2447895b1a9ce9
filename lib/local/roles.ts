import { createHash, createHmac } from "node:crypto";
import type { Grant } from "./aws/child.ts";
import type { Statement } from "./aws/iam/policy.ts";
import type { Tags } from "./aws/iam/principals.ts";
import type { Credentials } from "./aws/sigv4.ts";
import type { StackResource } from "./stack.ts";
import type { Properties, Value } from "./template.ts";

/** Gives a function credentials of its own, which may do what its role says and nothing else. */
export type GrantRole = (
  name: string,
  statements: readonly Statement[],
  tags: Tags,
) => Promise<Readonly<Record<string, string>>>;

/**
 * Credentials that are the same at every start: links that a function has signed stay good. `grants` are those of the
 * services that hold roles to what they say.
 */
export const roleGranter =
  (
    { accessKeyId, secretAccessKey }: Credentials,
    grants: readonly ((grant: Grant) => Promise<void> | void)[],
  ): GrantRole =>
  async (name, statements, tags) => {
    const id = createHash("sha256").update(`${accessKeyId} ${name}`).digest("hex").slice(0, 15).toUpperCase();
    const own = {
      accessKeyId: `LOCAL${id}`,
      secretAccessKey: createHmac("sha256", secretAccessKey).update(name).digest("base64url"),
    };
    for (const grant of grants) await grant({ roles: [{ ...own, name, statements }], tags });
    return { AWS_ACCESS_KEY_ID: own.accessKeyId, AWS_SECRET_ACCESS_KEY: own.secretAccessKey };
  };

type Document = { readonly Statement: readonly Statement[] };

/** The statements of a function's role: those of the policies that the template attaches to it. */
export function statementsOf(role: Value | undefined, resources: Iterable<StackResource>): readonly Statement[] {
  if (typeof role !== "string") throw new Error("a function has no role in this template");
  return [...resources]
    .filter(({ type, properties }) => type === "AWS::IAM::Policy" && attachedTo(properties, role))
    .flatMap(({ properties }) => (properties["PolicyDocument"] as unknown as Document).Statement);
}

const attachedTo = ({ Roles }: Properties, arn: string): boolean =>
  Array.isArray(Roles) && Roles.some((role) => typeof role === "string" && arn.endsWith(`:${role}`));

/** The tags of the template's keys, by ARN. */
export const tagsOf = (resources: Iterable<StackResource>): Tags =>
  Object.fromEntries(
    [...resources]
      .filter(({ type }) => type === "AWS::KMS::Key")
      .map(({ attributes, properties }) => {
        const tags = (properties["Tags"] ?? []) as readonly { readonly Key: string; readonly Value: string }[];
        return [attributes["Arn"] ?? "", Object.fromEntries(tags.map(({ Key, Value: value }) => [Key, value]))];
      }),
  );
