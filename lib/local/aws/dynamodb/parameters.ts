import { AwsError, type Json } from "../protocol.ts";

/** A ValidationException. */
export function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

function wrongType(name: string, expected: string): AwsError {
  return new AwsError("SerializationException", `${name}: expected ${expected}`);
}

/** Whether a parsed JSON value is an object (not a list, not null). */
export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Refuses by name every parameter outside `known`: ignoring one could change the meaning of the call. */
export function allow(input: Json, known: readonly string[], where: string): void {
  for (const name in input) {
    if (input[name] !== undefined && input[name] !== null && !known.includes(name)) {
      throw invalid(`${where}: the parameter ${name} is not served by the local DynamoDB; leave it out`);
    }
  }
}

/** An optional string. */
export function optionalText(input: Json, name: string): string | undefined {
  const value = input[name] ?? undefined;
  if (value !== undefined && typeof value !== "string") throw wrongType(name, "string");
  return value;
}

/** A required string. */
export function text(input: Json, name: string): string {
  const value = optionalText(input, name);
  if (value === undefined) throw missing(name);
  return value;
}

function missing(name: string): AwsError {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return invalid(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

/** A boolean; absent is `otherwise`. */
export function flag(input: Json, name: string, otherwise: boolean): boolean {
  const value = input[name] ?? otherwise;
  if (typeof value !== "boolean") throw wrongType(name, "boolean");
  return value;
}

/** A positive whole number, if given. */
export function optionalCount(input: Json, name: string): number | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value)) throw wrongType(name, "integer");
  if (value < 1) {
    const member = name.charAt(0).toLowerCase() + name.slice(1);
    throw invalid(
      `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value greater than or equal to 1`,
    );
  }
  return value;
}

/** One of a list of words; absent is the first. */
export function choice<const T extends string>(input: Json, name: string, words: readonly [T, ...T[]]): T {
  const value = optionalText(input, name);
  if (value === undefined) return words[0];
  const found = words.find((word) => word === value);
  if (found === undefined) {
    const member = name.charAt(0).toLowerCase() + name.slice(1);
    throw invalid(
      `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${words.join(", ")}]`,
    );
  }
  return found;
}

/** An optional object. */
export function optionalRecord(input: Json, name: string): Json | undefined {
  const value = input[name] ?? undefined;
  if (value !== undefined && !isJson(value)) throw wrongType(name, "object");
  return value;
}

/** A required object. */
export function record(input: Json, name: string): Json {
  const value = optionalRecord(input, name);
  if (value === undefined) throw missing(name);
  return value;
}

/** A list of objects; absent is an empty list. */
export function records(input: Json, name: string): readonly Json[] {
  const value = input[name] ?? [];
  if (!Array.isArray(value)) throw wrongType(name, "list");
  return value.map((entry: unknown) => {
    if (!isJson(entry)) throw wrongType(name, "list of objects");
    return entry;
  });
}
