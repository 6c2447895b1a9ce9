import { generateKeyPair, randomBytes, randomUUID, type KeyObject } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { accountId } from "../input.ts";
import { AwsError } from "../protocol.ts";

/** The kinds of keys served here. */
export const keySpecs = ["SYMMETRIC_DEFAULT", "RSA_2048", "RSA_4096", "ECC_NIST_P256"] as const;

/** One of `keySpecs`. */
export type KeySpec = (typeof keySpecs)[number];

/** A stored key. `material` is 32 bytes for AES, else PKCS #8 DER; `publicKey` is SubjectPublicKeyInfo DER, empty for AES. */
export type KeyRow = {
  readonly id: string;
  readonly spec: KeySpec;
  readonly description: string;
  readonly created_at: number;
  readonly material: Uint8Array;
  readonly public_key: Uint8Array;
};

/** The keys of a data folder, in its database of mode 0600. */
export type Keys = {
  create(spec: KeySpec, description: string): Promise<KeyRow>;
  /** By id or ARN; throws NotFoundException. */
  get(name: string): KeyRow;
  arn(key: KeyRow): string;
};

const schema = `
create table if not exists keys (id text primary key, spec text not null, description text not null,
  created_at integer not null, material blob not null, public_key blob not null);
`;

const generate = promisify(generateKeyPair);

const generatePair = async (
  spec: Exclude<KeySpec, "SYMMETRIC_DEFAULT">,
): Promise<{ readonly privateKey: KeyObject; readonly publicKey: KeyObject }> => {
  if (spec === "ECC_NIST_P256") return generate("ec", { namedCurve: "P-256" });
  return generate("rsa", { modulusLength: spec === "RSA_4096" ? 4096 : 2048, publicExponent: 0x10001 });
};

const makeMaterial = async (spec: KeySpec): Promise<Pick<KeyRow, "material" | "public_key">> => {
  if (spec === "SYMMETRIC_DEFAULT") return { material: randomBytes(32), public_key: new Uint8Array() };
  const { privateKey, publicKey } = await generatePair(spec);
  return {
    material: privateKey.export({ format: "der", type: "pkcs8" }),
    public_key: publicKey.export({ format: "der", type: "spki" }),
  };
};

/** Opens the keys stored in `database`. */
export const openKeys = (database: DatabaseSync, region: string): Keys => {
  database.exec(schema);
  const insert = database.prepare(
    "insert into keys (id, spec, description, created_at, material, public_key) values (?, ?, ?, ?, ?, ?)",
  );
  const find = database.prepare("select * from keys where id = ?");
  const known = new Map<string, KeyRow>();

  const get = (name: string): KeyRow => {
    const id = name.replace(/^arn:aws:kms:[^:]*:\d*:key\//, "");
    const key = known.get(id) ?? (find.get(id) as KeyRow | undefined);
    if (key === undefined) throw new AwsError("NotFoundException", `There is no key ${name} here.`);
    known.set(key.id, key);
    return key;
  };

  return {
    create: async (spec, description) => {
      const { material, public_key } = await makeMaterial(spec);
      const id = randomUUID();
      insert.run(id, spec, description, Date.now(), material, public_key);
      return get(id);
    },
    get,
    arn: ({ id }) => `arn:aws:kms:${region}:${accountId}:key/${id}`,
  };
};
