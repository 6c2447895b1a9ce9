import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CrlEntry } from "../../lambdas/pki/crl-entry.ts";
import { type CrlEntries, packed, unpacked } from "../../lambdas/pki/crl-entries.ts";
import { checkPublication, missingFrom, nextEntries, readPublishedCrl } from "../../lambdas/pki/crl-publication.ts";
import { readCrl, type Crl } from "../../lambdas/pki/crl-reader.ts";
import { crlTbs, signCrl } from "../../lambdas/pki/crl.ts";
import { authorities, rsaSigner, type TestAuthority } from "./authorities.ts";
import { reason } from "./crl-entries.ts";

const { root, issuing } = await authorities("rsa2048");
const HOUR = 3_600_000;
const start = Date.parse("2026-05-01T00:00:00Z");
const at = (hours: number): Date => new Date(start + hours * HOUR);

const entry = (serialNumber: string, change: Partial<CrlEntry> = {}): CrlEntry => ({
  serialNumber,
  revokedAt: at(-1),
  reason: "superseded",
  notAfter: at(1000),
  ...change,
});
const crl = (
  number: number,
  signedAt: Date,
  entries: readonly CrlEntry[],
  by: TestAuthority = issuing,
): Promise<Uint8Array> => {
  const tbs = crlTbs({
    issuerCertificate: by.certificate,
    number,
    signedAt,
    lifetime: 24 * HOUR,
    entries: packed(entries),
  });
  return signCrl(tbs, rsaSigner(by.keys.pkcs8), by.certificate);
};
const serials = (entries: CrlEntries): string[] => [...unpacked(entries)].map((one) => one.serialNumber);

describe("nextEntries", () => {
  const published = (hours: number, entries: readonly CrlEntry[]): Pick<Crl, "thisUpdate" | "entries"> => ({
    thisUpdate: at(hours),
    entries: packed(entries),
  });

  it("unites the ledger and what is published, in order", () => {
    const next = nextEntries({
      ledger: [packed([entry("33"), entry("11")])],
      published: published(0, [entry("22"), entry("33"), entry("44")]),
      thisUpdate: at(1),
    });
    expect(serials(next)).toEqual(["11", "22", "33", "44"]);
  });

  it("believes the ledger where both know a certificate", () => {
    const next = nextEntries({
      ledger: [packed([entry("11", { reason: "keyCompromise" })])],
      published: published(0, [entry("11")]),
      thisUpdate: at(1),
    });
    expect([...unpacked(next)].map((one) => one.reason)).toEqual(["keyCompromise"]);
  });

  it("keeps an entry on the first list after the certificate's end", () => {
    const ended = entry("11", { notAfter: at(0.5) });
    expect(
      serials(nextEntries({ ledger: [packed([ended])], published: published(0, [ended]), thisUpdate: at(1) })),
    ).toEqual(["11"]);
  });

  it("lets it go when a list from after the end showed it, and does not bring it back", () => {
    const ended = entry("11", { notAfter: at(0.5) });
    expect(nextEntries({ ledger: [packed([ended])], published: published(2, [ended]), thisUpdate: at(3) }).count).toBe(
      0,
    );
    expect(nextEntries({ ledger: [packed([ended])], published: published(3, []), thisUpdate: at(4) }).count).toBe(0);
  });

  it("keeps what only the published list knows", () => {
    expect(serials(nextEntries({ ledger: [], published: published(500, [entry("11")]), thisUpdate: at(501) }))).toEqual(
      ["11"],
    );
  });

  it("shows a certificate that was revoked after its end at least once", () => {
    const late = entry("11", { notAfter: at(-500), revokedAt: at(0.9) });
    expect(serials(nextEntries({ ledger: [packed([late])], published: published(0, []), thisUpdate: at(1) }))).toEqual([
      "11",
    ]);
  });

  it("keeps every entry when the clock of the published list was ahead", () => {
    const ended = entry("11", { notAfter: at(5) });
    expect(
      serials(nextEntries({ ledger: [packed([ended])], published: published(50, [ended]), thisUpdate: at(5) })),
    ).toEqual(["11"]);
  });

  it("refuses a ledger with a certificate twice", () => {
    expect(() => packed([entry("11"), entry("22"), entry("11")])).toThrow("duplicate: ");
  });

  it("never lets an entry leave early, however revocations and publications fall", () => {
    const certificate = fc.record({
      serialNumber: fc.integer({ min: 1, max: 200 }),
      revoked: fc.integer({ min: 0, max: 40 }),
      lives: fc.integer({ min: -5, max: 30 }),
      reason,
    });
    const steps = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(
        fc.uniqueArray(certificate, { maxLength: 15, selector: (one) => one.serialNumber }),
        steps,
        (certificates, waits) => {
          const all = certificates.map((one) =>
            entry(one.serialNumber.toString(16).padStart(2, "0"), {
              revokedAt: at(one.revoked + 0.2),
              notAfter: at(one.revoked + one.lives + 0.4),
              reason: one.reason,
            }),
          );
          let hour = 0;
          let list: Pick<Crl, "thisUpdate" | "entries"> | undefined;
          const shownAfterEnd = new Set<string>();
          for (const wait of waits) {
            hour += wait;
            const ledger = all.filter((one) => one.revokedAt <= at(hour));
            const next = nextEntries({ ledger: [packed(ledger)], published: list, thisUpdate: at(hour) });
            const listed = new Set(serials(next));
            expect(listed.size).toBe(next.count);
            for (const one of ledger) {
              if (!shownAfterEnd.has(one.serialNumber)) expect(listed.has(one.serialNumber)).toBe(true);
              if (one.notAfter !== undefined && one.notAfter < at(hour)) shownAfterEnd.add(one.serialNumber);
            }
            list = { thisUpdate: at(hour), entries: next };
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("checkPublication", () => {
  const ledger = [packed([entry("11"), entry("22")])];
  const read = (der: Uint8Array) => readPublishedCrl(der, issuing.certificate);

  it("accepts a complete list whose number rises, and gives it read", async () => {
    const first = await crl(1, at(0), [entry("11"), entry("22")]);
    const second = await crl(2, at(1), [entry("11"), entry("22"), entry("33")]);
    const more = [...ledger, packed([entry("22"), entry("33")])];
    expect(checkPublication(first, undefined, ledger, issuing.certificate).number).toBe(1n);
    expect(serials(checkPublication(second, read(first), more, issuing.certificate).entries)).toEqual([
      "11",
      "22",
      "33",
    ]);
  });

  it.each([1, 2])("refuses number %i after 2", async (number) => {
    const published = read(await crl(2, at(0), [entry("11"), entry("22")]));
    const candidate = await crl(number, at(1), [entry("11"), entry("22")]);
    expect(() => checkPublication(candidate, published, ledger, issuing.certificate)).toThrow("number: ");
  });

  it("refuses a list that lacks a row of the ledger", async () => {
    const candidate = await crl(1, at(0), [entry("11")]);
    expect(() => checkPublication(candidate, undefined, ledger, issuing.certificate)).toThrow(
      "missing: 1 revoked certificates are not on CRL 1 (22)",
    );
  });

  it("refuses a list that lacks a published entry, though the ledger has lost it", async () => {
    const published = read(await crl(1, at(0), [entry("11"), entry("22"), entry("33")]));
    const candidate = await crl(2, at(1), [entry("11"), entry("22")]);
    expect(() => checkPublication(candidate, published, ledger, issuing.certificate)).toThrow("(33)");
  });

  it("refuses another authority's list, as candidate and as published one", async () => {
    const foreign = await crl(2, at(1), [entry("11"), entry("22")], root);
    expect(() => checkPublication(foreign, undefined, ledger, issuing.certificate)).toThrow("signature: ");
    expect(() => read(foreign)).toThrow("published: ");
  });

  it("refuses a list that was changed after its signature", async () => {
    const candidate = Buffer.from(await crl(1, at(0), [entry("11"), entry("22")]));
    const changed = Buffer.from(candidate.toString("hex").replace("0a0104", "0a0101"), "hex");
    expect(() => readCrl(changed)).not.toThrow();
    expect(() => checkPublication(changed, undefined, ledger, issuing.certificate)).toThrow("signature: ");
  });
});

describe("missingFrom", () => {
  const ledger = packed([
    entry("11"),
    entry("22"),
    entry("33", { revokedAt: at(2) }),
    entry("44", { notAfter: at(-1) }),
  ]);

  it("names what a list lacks that was done before an instant and had not ended", () => {
    const missing = (...listed: readonly string[]) =>
      missingFrom({ thisUpdate: at(0), entries: packed(listed.map((one) => entry(one))) }, ledger, at(1));
    expect([missing(), missing("22"), missing("05", "11", "22"), missing("11", "22", "55")]).toEqual([
      ["11", "22"],
      ["11"],
      [],
      [],
    ]);
  });
});
