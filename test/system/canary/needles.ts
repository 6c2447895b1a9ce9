/** Secrets as they could lie anywhere: plain, base64 at each of its three offsets, base64url, hex, in pairs with colons. */
import { createPrivateKey } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export type Secret = { readonly name: string; readonly value: Uint8Array };
type Needle = { readonly name: string; readonly octets: Buffer };

export const secret = (name: string, value: string | Uint8Array): Secret => ({ name, value: Buffer.from(value) });

/** A private key as PKCS#8, and its secret numbers alone, as another form of the key would hold them. */
export function keySecrets(name: string, pem: string): readonly Secret[] {
  const key = createPrivateKey(pem);
  const { d = "", p } = key.export({ format: "jwk" });
  return [
    secret(`${name}, PKCS#8`, key.export({ type: "pkcs8", format: "der" })),
    secret(`${name}, its exponent or scalar`, Buffer.from(d, "base64url")),
    ...(p === undefined ? [] : [secret(`${name}, its prime`, Buffer.from(p, "base64url"))]),
  ];
}

/** What is looked for. A first and last group of base64 may hold neighbours' bits, so these are left out. */
const needlesOf = ({ name, value }: Secret): readonly Needle[] => {
  const octets = Buffer.from(value);
  const hex = octets.toString("hex");
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), octets])
      .toString("base64")
      .replaceAll("=", "");
    return text.slice(offset === 0 ? 0 : 4, -1 - ((offset + octets.length) % 3));
  });
  const texts = [...base64, ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"))];
  const hexes = [hex, hex.toUpperCase(), hex.replaceAll(/..(?=.)/g, "$&:")];
  return [octets, ...new Set([...texts, ...hexes])].map((one) => ({ name, octets: Buffer.from(one) }));
};

/** Which of the secrets this content holds, by name. */
export const heldIn = (content: Uint8Array, secrets: readonly Secret[]): readonly string[] => {
  const buffer = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return secrets.filter((one) => needlesOf(one).some(({ octets }) => buffer.includes(octets))).map(({ name }) => name);
};

/** Every file below a folder, by its path there. */
export const filesBelow = (folder: string): readonly (readonly [path: string, content: Buffer])[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [relative(folder, path), readFileSync(path)]);
