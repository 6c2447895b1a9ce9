import { referenced, resourcesOf, type Template } from "./synthesize.ts";

export type Statement = {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

const many = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** What a function's role allows, by the function's logical id. */
export function statementsOf(template: Template, functionId: string): Statement[] {
  const [role] = referenced(template.Resources[functionId]?.Properties["Role"]);
  if (role === undefined) throw new Error(`${functionId} has no role in this template`);
  return statementsOfRole(template, role);
}

export function statementsOfRole(template: Template, role: string): Statement[] {
  return resourcesOf(template, "AWS::IAM::Policy")
    .filter(([, properties]) => referenced(properties["Roles"]).includes(role))
    .flatMap(([, properties]) => (properties["PolicyDocument"] as { Statement: Statement[] }).Statement)
    .map((statement) => onKeys(template, statement));
}

/** A statement on every key that has certain tags, as one on the keys of the template that have them. */
function onKeys(template: Template, statement: Statement): Statement {
  const { StringEquals = {}, ...others } = statement.Condition ?? {};
  const [wanted, rest] = [true, false].map((tags) =>
    Object.entries(StringEquals).filter(([name]) => name.startsWith("aws:ResourceTag/") === tags),
  );
  if (wanted === undefined || rest === undefined || wanted.length === 0) return statement;
  const tagged = resourcesOf(template, "AWS::KMS::Key").filter(([, { Tags = [] }]) =>
    wanted.every(([name, value]) =>
      (Tags as { Key: string; Value: unknown }[]).some(
        (tag) => `aws:ResourceTag/${tag.Key}` === name && JSON.stringify(tag.Value) === JSON.stringify(value),
      ),
    ),
  );
  return {
    ...statement,
    Resource: tagged.map(([id]) => ({ "Fn::GetAtt": [id, "Arn"] })),
    Condition: { ...others, ...(rest.length === 0 ? {} : { StringEquals: Object.fromEntries(rest) }) },
  };
}

/** Whether a statement reaches an action, wildcards included. */
export function allows(statement: Statement, action: string): boolean {
  return statement.Effect === "Allow" && many(statement.Action).some((pattern) => matches(pattern, action));
}

/** Whether a statement reaches a resource, by its logical id. */
export function reaches({ Resource: resource }: Statement, logicalId: string): boolean {
  return many(resource).some((one) => one === "*") || referenced(resource).includes(logicalId);
}

/** Whether a statement reaches the items of a table under this partition key. */
function reachesKey({ Condition }: Statement, key: string): boolean {
  const patterns = Condition?.["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"] as string[] | undefined;
  return patterns === undefined || patterns.some((pattern) => matches(pattern, key));
}

/** The functions that may do this to that resource, sorted; `key` is the partition key of the items that are meant. */
export function whoMay(template: Template, action: string, logicalId: string, key?: string): string[] {
  return resourcesOf(template, "AWS::Lambda::Function")
    .map(([id]) => id)
    .filter((id) =>
      statementsOf(template, id).some(
        (one) => allows(one, action) && reaches(one, logicalId) && (key === undefined || reachesKey(one, key)),
      ),
    )
    .toSorted();
}

/** The functions that may open what is sealed as this part of a certificate, sorted. */
export function whoMayOpen(template: Template, part: string): string[] {
  return resourcesOf(template, "AWS::Lambda::Function")
    .map(([id]) => id)
    .filter((id) =>
      statementsOf(template, id).some((one) => {
        if (!allows(one, "kms:Decrypt") || !reaches(one, "SealingKey")) return false;
        const allowed = one.Condition?.["StringEquals"]?.["kms:EncryptionContext:part"];
        return allowed === undefined || [allowed].flat().includes(part);
      }),
    )
    .toSorted();
}

function matches(pattern: string, action: string): boolean {
  return new RegExp(`^${pattern.replaceAll("*", ".*")}$`, "i").test(action);
}
