/** Values of condition keys that a request has, e.g. `dynamodb:LeadingKeys`. */
export type Context = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a request wants to do: one action on one resource. A request may want several. */
export type Ask = { readonly action: string; readonly resource: string; readonly context?: Context };

type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A statement of a role's policy with every intrinsic resolved. */
export type Statement = {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Conditions;
};

const many = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

const patterns = new Map<string, RegExp>();

/** `*` stands for anything, `?` for one character. */
function like(pattern: string, value: string): boolean {
  const known =
    patterns.get(pattern) ??
    new RegExp(
      `^${pattern
        .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".")}$`,
      "s",
    );
  patterns.set(pattern, known);
  return known.test(value);
}

type Operator = (wanted: readonly string[], given: readonly string[]) => boolean;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: (wanted, given) => given.some((value) => wanted.includes(value)),
  StringLike: (wanted, given) => given.some((value) => wanted.some((pattern) => like(pattern, value))),
  // True of no value at all, too.
  "ForAllValues:StringLike": (wanted, given) => given.every((value) => wanted.some((pattern) => like(pattern, value))),
  Null: ([wanted], given) => (wanted === "true") === (given.length === 0),
};

const holds = (conditions: Conditions, context: Context): boolean =>
  Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => operators[operator]?.(many(wanted), many(context[key])) ?? false),
  );

const matches = ({ Action, Resource, Condition = {} }: Statement, { action, resource, context = {} }: Ask): boolean =>
  many(Action).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
  many(Resource).some((pattern) => like(pattern, resource)) &&
  holds(Condition, context);

/** Whether a role's statements allow it: a matching Deny forbids, and what no statement allows is forbidden. */
export const allows = (statements: readonly Statement[], ask: Ask): boolean =>
  statements.some((one) => one.Effect === "Allow" && matches(one, ask)) &&
  !statements.some((one) => one.Effect === "Deny" && matches(one, ask));

/** Throws for a statement with a condition operator that is not served here: it would never hold. */
export function checkStatement({ Condition = {} }: Statement): void {
  const strange = Object.keys(Condition).find((operator) => !Object.hasOwn(operators, operator));
  if (strange !== undefined) throw new Error(`IAM's condition operator ${strange} is not known on this machine`);
}
