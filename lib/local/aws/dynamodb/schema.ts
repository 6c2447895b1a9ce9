import { type AttributeValue, attributeOf, type Item, typeOf } from "./attribute.ts";
import { encodeNumber } from "./decimal.ts";
import { invalid } from "./parameters.ts";

/** A key attribute and its type. */
export type KeyAttribute = { readonly name: string; readonly type: "S" | "N" | "B" };

/** The key attributes of a table or index. */
export type KeySchema = { readonly hash: KeyAttribute; readonly range?: KeyAttribute };

/** A global secondary index; `projected` is undefined when it projects all attributes. */
export type Index = {
  readonly id: number;
  readonly name: string;
  readonly keys: KeySchema;
  readonly projectionType: "ALL" | "KEYS_ONLY" | "INCLUDE";
  readonly nonKeyAttributes: readonly string[];
  readonly projected: readonly string[] | undefined;
};

/** A table as the catalog keeps it (plain data). */
export type Table = {
  readonly id: number;
  readonly name: string;
  readonly keys: KeySchema;
  readonly indexes: readonly Index[];
  readonly created: number;
  readonly deletionProtection: boolean;
  readonly encryption: boolean;
  readonly timeToLive?: string;
};

/** A key as bytes whose order is DynamoDB's; `range` is empty where there is none. */
export type Key = { readonly hash: Uint8Array; readonly range: Uint8Array };

const NOTHING = Buffer.alloc(0);

/** The bytes of one key value, in DynamoDB's order: S as UTF-8, N by value, B as it is. */
export function keyBytes(value: AttributeValue): Buffer {
  if ("S" in value) return Buffer.from(value.S);
  if ("N" in value) return encodeNumber(value.N);
  if ("B" in value) return Buffer.from(value.B, "base64");
  throw new TypeError(`a key of type ${typeOf(value)}`);
}

/** The attributes of a key schema, hash first. */
export function keyAttributes({ hash, range }: KeySchema): readonly KeyAttribute[] {
  return range === undefined ? [hash] : [hash, range];
}

function isEmpty(value: AttributeValue): boolean {
  return ("S" in value && value.S === "") || ("B" in value && value.B === "");
}

const emptyKind = (value: AttributeValue): string => ("B" in value ? "binary" : "string");

function checked(attribute: KeyAttribute, value: AttributeValue, part: "hash" | "range"): Buffer {
  if (isEmpty(value)) {
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${emptyKind(value)} value. Key: ${attribute.name}`,
    );
  }
  const bytes = keyBytes(value);
  const size = "N" in value ? 0 : bytes.length;
  if (part === "hash" && size > 2048) {
    throw invalid(
      "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes",
    );
  }
  if (part === "range" && size > 1024) {
    throw invalid(
      "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes",
    );
  }
  return bytes;
}

/** The key of a whole item; refuses a missing, mistyped or empty key attribute. */
export function keyOfItem(keys: KeySchema, item: Item): Key {
  const bytes = (attribute: KeyAttribute, part: "hash" | "range"): Buffer => {
    const value = attributeOf(item, attribute.name);
    if (value === undefined) {
      throw invalid(`One or more parameter values were invalid: Missing the key ${attribute.name} in the item`);
    }
    if (typeOf(value) !== attribute.type) {
      throw invalid(
        `One or more parameter values were invalid: Type mismatch for key ${attribute.name} expected: ${attribute.type} actual: ${typeOf(value)}`,
      );
    }
    return checked(attribute, value, part);
  };
  const hash = bytes(keys.hash, "hash");
  return { hash, range: keys.range === undefined ? NOTHING : bytes(keys.range, "range") };
}

/** The key from a Key parameter, which must have exactly the key attributes. */
export function keyOfParameter(keys: KeySchema, given: Item): Key {
  const attributes = keyAttributes(keys);
  const fits = attributes.every(({ name, type }) => {
    const value = attributeOf(given, name);
    return value !== undefined && typeOf(value) === type;
  });
  if (!fits || Object.keys(given).length !== attributes.length) {
    throw invalid("The provided key element does not match the schema");
  }
  return keyOfItem(keys, given);
}

/** The key of an item's entry in an index; undefined when the item is not in it (indexes are sparse). */
export function indexKey(index: Index, item: Item): Key | undefined {
  const bytes: Buffer[] = [];
  for (const { name, type } of keyAttributes(index.keys)) {
    const value = attributeOf(item, name);
    if (value === undefined || typeOf(value) !== type || isEmpty(value)) return undefined;
    bytes.push(keyBytes(value));
  }
  const [hash, range = NOTHING] = bytes;
  return hash === undefined ? undefined : { hash, range };
}

/** Refuses an item whose attribute is the key of an index and mistyped, empty or too long. */
export function checkIndexKeys(table: Table, item: Item): void {
  for (const { name: indexName, keys } of table.indexes) {
    for (const [at, { name, type }] of keyAttributes(keys).entries()) {
      const value = attributeOf(item, name);
      if (value === undefined) continue;
      if (typeOf(value) !== type) {
        throw invalid(
          `One or more parameter values were invalid: Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${indexName}`,
        );
      }
      if (isEmpty(value)) {
        throw invalid(
          `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${emptyKind(value)} value. IndexName: ${indexName}, IndexKey: ${name}`,
        );
      }
      const size = "N" in value ? 0 : keyBytes(value).length;
      const longest = at === 0 ? 2048 : 1024;
      if (size > longest) {
        throw invalid(
          `One or more parameter values were invalid: Size limit exceeded for Index Key ${name} Actual Size: ${size} bytes Max Size: ${longest} bytes IndexName: ${indexName}`,
        );
      }
    }
  }
}

/** The attributes of an item that an index shows. */
export function projectedItem(index: Index, item: Item): Item {
  if (index.projected === undefined) return item;
  const shown: [string, AttributeValue][] = [];
  for (const name of index.projected) {
    const value = attributeOf(item, name);
    if (value !== undefined) shown.push([name, value]);
  }
  return Object.fromEntries(shown);
}
