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
    .flatMap(([, properties]) => (properties["PolicyDocument"] as { Statement: Statement[] }).Statement);
}

/** Whether a statement reaches an action, wildcards included. */
export function allows(statement: Statement, action: string): boolean {
  return statement.Effect === "Allow" && many(statement.Action).some((pattern) => matches(pattern, action));
}

/** Whether a statement reaches a resource, by its logical id. */
export function reaches({ Resource: resource }: Statement, logicalId: string): boolean {
  return many(resource).some((one) => one === "*") || referenced(resource).includes(logicalId);
}

/** The functions that may do this to that resource, sorted. */
export function whoMay(template: Template, action: string, logicalId: string): string[] {
  return resourcesOf(template, "AWS::Lambda::Function")
    .map(([id]) => id)
    .filter((id) => statementsOf(template, id).some((one) => allows(one, action) && reaches(one, logicalId)))
    .toSorted();
}

function matches(pattern: string, action: string): boolean {
  return new RegExp(`^${pattern.replaceAll("*", ".*")}$`, "i").test(action);
}
