/** DynamoDB's form of a value. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html */
export type Attribute =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  /** Base64. */
  | { readonly B: string }
  | { readonly L: readonly Attribute[] }
  | { readonly M: Attributes };
export type Attributes = Readonly<Record<string, Attribute>>;

/**
 * A value in DynamoDB's form: text, numbers, booleans, null, octets, lists and plain records. Throws a TypeError for
 * everything else, which nothing here stores: a set or a date would otherwise become an empty record.
 */
export function attributeOf(value: unknown): Attribute {
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: numberText(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (value === null) return { NULL: true };
  if (value instanceof Uint8Array)
    return { B: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  if (isPlain(value)) return { M: attributesOf(value) };
  const kind = typeof value === "object" ? value.constructor.name : typeof value;
  throw new TypeError(`no attribute of DynamoDB is made of a ${kind} here: store it as text, a list or a record`);
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** DynamoDB keeps 38 digits, more than JavaScript: beyond 2^53 the number was no longer the one that was meant. */
function numberText(value: number): string {
  if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER))
    throw new TypeError(`${value} is no exact number: store it as text`);
  return String(value);
}

/** A record in DynamoDB's form; what is undefined is left out. */
export function attributesOf(record: Readonly<Record<string, unknown>>): Attributes {
  const present = Object.entries(record).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([name, value]) => [name, attributeOf(value)]));
}

/** Back again. Throws for a set, which nothing here stores. */
export function valueOf(attribute: Attribute): unknown {
  if ("S" in attribute) return attribute.S;
  if ("N" in attribute) return Number(attribute.N);
  if ("BOOL" in attribute) return attribute.BOOL;
  if ("NULL" in attribute) return null;
  if ("B" in attribute) return Uint8Array.from(Buffer.from(attribute.B, "base64"));
  if ("L" in attribute) return attribute.L.map(valueOf);
  if ("M" in attribute) return recordOf(attribute.M);
  throw new TypeError(`an attribute of type ${Object.keys(attribute).join()} is none that is stored here`);
}

/** A record out of DynamoDB's form. */
export function recordOf(attributes: Attributes): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, valueOf(attribute)]));
}
