import type { Properties, Template, Value } from "./template.ts";

/** The values of `Ref` and `Fn::GetAtt` for resources that are already applied. */
export type Known = {
  /** `undefined` if the resource is not applied. */
  reference(logicalId: string): Value | undefined;
  attribute(logicalId: string, name: string): Value | undefined;
};

/** Parameters and pseudo parameters by name, e.g. `AWS::Region`. */
export type Constants = Readonly<Record<string, string>>;

export type Resolver = {
  /** The value with every intrinsic replaced; `undefined` for `AWS::NoValue`. Throws, with the place, if one cannot be resolved. */
  readonly value: (value: Value, place: string) => Value | undefined;
  readonly properties: (properties: Properties, place: string) => Properties;
  readonly condition: (name: string) => boolean;
};

type Members = { readonly [name: string]: Value };

const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);
const isObject = (value: Value | undefined): value is Members =>
  typeof value === "object" && value !== null && !isList(value);
/** A scalar as text; empty for an object or list. */
const scalar = (value: Value | undefined): string =>
  typeof value === "object" || value === undefined ? "" : String(value);
/** The arguments of a function that also takes a single one without a list. */
const parts = (argument: Value): readonly Value[] => (isList(argument) ? argument : [argument]);
/** `["Id", "A.B"]` and `"Id.A.B"` alike. */
const attributeName = (argument: Value): readonly [string, string] => {
  const [logicalId = "", ...rest] = isList(argument) ? argument.map(scalar) : scalar(argument).split(".");
  return [logicalId, rest.join(".")];
};

/** The name and argument of an intrinsic call; undefined for a plain object. */
function intrinsicOf(value: Value): readonly [string, Value] | undefined {
  if (!isObject(value)) return undefined;
  const members = Object.entries(value);
  const [first] = members;
  return members.length === 1 &&
    first &&
    (first[0].startsWith("Fn::") || first[0] === "Ref" || first[0] === "Condition")
    ? first
    : undefined;
}

const namedIn = (text: string): string[] => [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = ""]) => name);

/** The logical ids that a value refers to, including parameters and pseudo parameters. */
export function namesIn(value: Value): Set<string> {
  const found = new Set<string>();
  const visit = (part: Value): void => {
    const call = intrinsicOf(part);
    if (call?.[0] === "Ref" && typeof call[1] === "string") found.add(call[1]);
    else if (call?.[0] === "Fn::GetAtt") found.add(attributeName(call[1])[0]);
    else if (call?.[0] === "Fn::Sub") {
      const [text, given] = parts(call[1]);
      for (const name of namedIn(scalar(text)))
        if (!isObject(given) || !(name in given)) found.add(name.split(".")[0] ?? name);
      if (isObject(given)) Object.values(given).forEach(visit);
    } else if (isList(part)) part.forEach(visit);
    else if (isObject(part)) Object.values(part).forEach(visit);
  };
  visit(value);
  return found;
}

/** Evaluates a template's intrinsic functions. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
export function resolver(template: Template, constants: Constants, known: Known): Resolver {
  const conditions = new Map<string, boolean>();

  const condition = (name: string): boolean => {
    const decided = conditions.get(name);
    if (decided !== undefined) return decided;
    const source = template.Conditions[name];
    if (source === undefined) throw new Error(`Condition ${name} is not in the template`);
    const outcome = value(source, `Conditions.${name}`) === true;
    conditions.set(name, outcome);
    return outcome;
  };

  const reference = (name: string, place: string): Value => {
    const found = constants[name] ?? known.reference(name);
    if (found !== undefined) return found;
    throw new Error(
      name in template.Parameters
        ? `${place}: parameter ${name} has neither a value on this machine nor a default`
        : `${place}: Ref ${name} cannot be resolved on this machine`,
    );
  };

  const attribute = (logicalId: string, name: string, place: string): Value => {
    const found = known.attribute(logicalId, name);
    if (found === undefined) throw new Error(`${place}: Fn::GetAtt ${logicalId}.${name} is not known on this machine`);
    return found;
  };

  const text = (part: Value, place: string): string => {
    const resolved = value(part, place);
    if (resolved === undefined || (typeof resolved === "object" && resolved !== null))
      throw new Error(`${place}: a text is needed here`);
    return String(resolved);
  };

  const list = (part: Value, place: string): readonly Value[] => {
    const resolved = value(part, place);
    if (!isList(resolved)) throw new Error(`${place}: a list is needed here`);
    return resolved;
  };

  const substitute = (argument: Value, place: string): string => {
    const [pattern, given] = parts(argument);
    return scalar(pattern).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      const own = isObject(given) ? given[name] : undefined;
      if (own !== undefined) return text(own, place);
      const [logicalId, rest] = attributeName(name);
      return scalar(rest ? attribute(logicalId, rest, place) : reference(name, place));
    });
  };

  const functions: Readonly<Record<string, (argument: Value, place: string) => Value | undefined>> = {
    Ref: (argument, place) => (argument === "AWS::NoValue" ? undefined : reference(scalar(argument), place)),
    Condition: (argument) => condition(scalar(argument)),
    "Fn::GetAtt": (argument, place) => attribute(...attributeName(argument), place),
    "Fn::Sub": substitute,
    "Fn::Join": (argument, place) => {
      const [separator, joined = null] = parts(argument);
      return list(joined, place)
        .map((part) => text(part, place))
        .join(scalar(separator));
    },
    "Fn::Select": (argument, place) => {
      const [index = null, choice = null] = parts(argument);
      const chosen = list(choice, place)[Number(text(index, place))];
      if (chosen === undefined) throw new Error(`${place}: Fn::Select names an item that is not there`);
      return chosen;
    },
    "Fn::Split": (argument, place) => {
      const [separator, source = null] = parts(argument);
      return text(source, place).split(scalar(separator));
    },
    "Fn::If": (argument, place) => {
      const [name, yes, no] = parts(argument);
      const branch = condition(scalar(name)) ? yes : no;
      return branch === undefined ? undefined : value(branch, place);
    },
    "Fn::Equals": (argument, place) => {
      const [left, right] = list(argument, place);
      return scalar(left) === scalar(right);
    },
    "Fn::Not": (argument, place) => list(argument, place)[0] !== true,
    "Fn::And": (argument, place) => list(argument, place).every((part) => part === true),
    "Fn::Or": (argument, place) => list(argument, place).includes(true),
    "Fn::FindInMap": (argument, place) => {
      const [map = "", first = "", second = ""] = list(argument, place).map(scalar);
      const level = template.Mappings[map];
      const row = isObject(level) ? level[first] : undefined;
      const found = isObject(row) ? row[second] : undefined;
      if (found === undefined)
        throw new Error(`${place}: Fn::FindInMap ${map}.${first}.${second} is not in the template`);
      return found;
    },
  };

  const value = (part: Value, place: string): Value | undefined => {
    const call = intrinsicOf(part);
    if (call) {
      const evaluate = functions[call[0]];
      if (!evaluate) throw new Error(`${place}: the intrinsic function ${call[0]} is not known on this machine`);
      return evaluate(call[1], place);
    }
    if (isList(part))
      return part.map((item, index) => value(item, `${place}[${index}]`)).filter((item) => item !== undefined);
    return isObject(part) ? properties(part, place) : part;
  };

  const properties = (source: Properties, place: string): Properties => {
    const resolved: Record<string, Value> = {};
    for (const [name, member] of Object.entries(source)) {
      const outcome = value(member, `${place}.${name}`);
      if (outcome !== undefined) resolved[name] = outcome;
    }
    return resolved;
  };

  return { value, properties, condition };
}

/** Logical ids in the order of their dependencies, without the resources whose condition is false. Throws for a circular dependency. */
export function dependencyOrder(template: Template, included: (condition: string) => boolean): readonly string[] {
  const order: string[] = [];
  const state = new Map<string, "open" | "done">();
  const visit = (logicalId: string, path: readonly string[]): void => {
    const resource = template.Resources[logicalId];
    if (!resource || state.get(logicalId) === "done") return;
    if (state.get(logicalId) === "open")
      throw new Error(`Resources depend on each other in a circle: ${[...path, logicalId].join(" → ")}`);
    if (resource.Condition !== undefined && !included(resource.Condition)) return;
    state.set(logicalId, "open");
    const named = [resource.DependsOn ?? []].flat();
    for (const name of [...named, ...namesIn(resource.Properties)])
      if (name !== logicalId) visit(name, [...path, logicalId]);
    state.set(logicalId, "done");
    order.push(logicalId);
  };
  for (const logicalId of Object.keys(template.Resources)) visit(logicalId, []);
  return order;
}
