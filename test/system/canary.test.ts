/** After a company's whole life: where secrets lie on this machine, and where they do not. */
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { itWith, program } from "../program.ts";
import { filesBelow, heldIn, type Secret, secret } from "./canary/needles.ts";
import { type Life, liveOn } from "./canary/life.ts";
import { killable } from "./killable.ts";
import type { Mail } from "./product.ts";

const openssl = program("openssl", "openssl");

/**
 * Where a secret may lie in clear, and why. All else in the data folder is searched octet by octet: tables and queues with
 * what SQLite has not overwritten yet, objects, logs, state.
 */
const allowed = {
  /** A link's token is in the mail that brings it, for 14 days; this machine keeps its mails. */
  mails: ["mails", "mail_recipients"],
} as const;

describe("looking for a secret", () => {
  const one = secret("it", Buffer.from("S3cret~of?16>chars\u00ff"));
  const octets = Buffer.from(one.value);
  const hidden: Readonly<Record<string, Buffer>> = {
    plain: octets,
    hex: Buffer.from(octets.toString("hex")),
    "hex in capitals": Buffer.from(octets.toString("hex").toUpperCase()),
    "hex with colons": Buffer.from((octets.toString("hex").match(/../g) ?? []).join(":")),
    base64: Buffer.from(octets.toString("base64")),
    base64url: Buffer.from(octets.toString("base64url")),
    "base64 behind one octet": Buffer.from(
      Buffer.concat([Buffer.from("x"), octets, Buffer.from("y")]).toString("base64"),
    ),
    "base64 behind two": Buffer.from(Buffer.concat([Buffer.from("xy"), octets, Buffer.from("z")]).toString("base64")),
  };
  it.each(Object.entries(hidden))("finds it in %s, and nothing where it is not", (_, content) => {
    const around = Buffer.concat([Buffer.alloc(999, 7), content, Buffer.alloc(999, 8)]);
    expect(heldIn(around, [one])).toEqual(["it"]);
    expect(heldIn(Buffer.alloc(1998, 7), [one])).toEqual([]);
  });
});

describe("a company's whole life", () => {
  itWith(
    openssl,
    "leaves no key, password, token or signature in clear: not in tables, queues, dead letters, objects, logs or mails",
    async () => {
      const local = await killable("canary");
      onTestFinished(() => local.remove());
      const at = await local.start();
      const life = await liveOn(at);
      const data = join(dirname(at.endpoints.serverCaPem), "..");
      const letters = (await (await fetch(`${at.endpoints.mailUrl}messages`)).json()) as readonly Mail[];
      // What is on the disk now is what would be found on a machine that was switched off.
      await local.kill();

      // The search sees what is there: people's addresses are in the tables.
      expect(life.secrets.length).toBeGreaterThan(60);
      const files = filesBelow(data);
      expect(files.filter(([, content]) => heldIn(content, life.people).length > 0).map(([path]) => path)).toEqual(
        expect.arrayContaining(["aws/services.sqlite"]),
      );
      // The ZIP that holds each key beside its password is there, and encrypted.
      const packages = packageFiles(data, at.endpoints.resources["PackagesBucket"] ?? "");
      expect(packages.length).toBeGreaterThan(0);
      for (const one of packages) expect(files.some(([path]) => path.endsWith(one))).toBe(true);
      const found = files.flatMap(([path, content]) => {
        const mailbox = path.startsWith("aws/services.sqlite");
        return heldIn(content, mailbox ? life.secrets : [...life.secrets, ...life.tokens]).map(
          (name) => `${path}: ${name}`,
        );
      });
      expect(found).toEqual([]);
      expect(inRows(data, [...life.secrets, ...life.tokens])).toEqual([]);

      expect(inMails(letters, life)).toEqual([]);
      const logs = files.filter(([path]) => path.startsWith("logs/"));
      expect(logs.length).toBeGreaterThan(5);
      expect(logs.flatMap(([path, content]) => heldIn(content, life.people).map((name) => `${path}: ${name}`))).toEqual(
        [],
      );
      expect(inRows(data, life.people, ["messages"])).toEqual([]);
    },
    600_000,
  );
});

/** The files that hold the objects of the bucket of packages. */
function packageFiles(data: string, bucket: string): readonly string[] {
  using services = new DatabaseSync(join(data, "aws/services.sqlite"), { readOnly: true });
  return services
    .prepare("SELECT file FROM objects WHERE bucket = ?")
    .all(bucket)
    .map(({ file }) => String(file));
}

/** What the rows of the services' tables hold, but for the mails; or of these tables alone. */
function inRows(data: string, secrets: readonly Secret[], only?: readonly string[]): readonly string[] {
  using services = new DatabaseSync(join(data, "aws/services.sqlite"), { readOnly: true });
  const tables = services.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  return tables
    .map(({ name }) => String(name))
    .filter((name) => (only === undefined ? !allowed.mails.some((one) => one === name) : only.includes(name)))
    .flatMap((name) => {
      const rows = services
        .prepare(`SELECT * FROM "${name}"`)
        .all()
        .flatMap((row) => Object.values(row));
      const content = Buffer.concat(
        rows.map((value) => Buffer.from(value instanceof Uint8Array ? value : String(value))),
      );
      return heldIn(content, secrets).map((held) => `${name}: ${held}`);
    });
}

/** A mail holds no secret, but for the token of its own link, which it brings to one address alone. */
const inMails = (letters: readonly Mail[], { secrets, tokens }: Life): readonly string[] => {
  const texts = letters.map((letter) => ({
    to: letter.to,
    content: Buffer.from(letter.subject + letter.text + letter.html),
  }));
  const held = texts.flatMap(({ to, content }) => heldIn(content, secrets).map((name) => `mail to ${to}: ${name}`));
  const strayed = tokens.flatMap((token) => {
    const bringing = texts.filter(({ content }) => heldIn(content, [token]).length > 0).map(({ to }) => to);
    return bringing.length === 1 && token.name.endsWith(` ${bringing[0]}`) ? [] : [`${token.name}: ${bringing.join()}`];
  });
  return [...held, ...strayed];
};
