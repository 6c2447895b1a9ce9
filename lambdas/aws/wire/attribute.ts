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

/** A value in DynamoDB's form: text, numbers, booleans, null, octets, lists and records; nothing else is stored here. */
export function attributeOf(value: unknown): Attribute {
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: numberText(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (value === null) return { NULL: true };
  if (value instanceof Uint8Array)
    return { B: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  if (typeof value === "object") return { M: attributesOf(value as Readonly<Record<string, unknown>>) };
  throw new TypeError(`DynamoDB has no form for a ${typeof value}`);
}

/** DynamoDB keeps 38 digits; a number of JavaScript that is exact is far from it. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`DynamoDB has no form for ${value}`);
  return String(value);
}

/** A record in DynamoDB's form; what is undefined is left out. */
export function attributesOf(record: Readonly<Record<string, unknown>>): Attributes {
  const found: Record<string, Attribute> = {};
  for (const [name, value] of Object.entries(record)) if (value !== undefined) found[name] = attributeOf(value);
  return found;
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

export function recordOf(attributes: Attributes): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [name, attribute] of Object.entries(attributes)) record[name] = valueOf(attribute);
  return record;
}
