import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LedgerEntry } from "../../lambdas/certificates/ledger.ts";
import { type CrlEntries, unpacked } from "../../lambdas/pki/crl-entries.ts";
import { nextEntries } from "../../lambdas/pki/crl-publication.ts";
import { readCrl } from "../../lambdas/pki/crl-reader.ts";
import { newSerial } from "../../lambdas/pki/serial.ts";
import { publishCrl, type PublishContext } from "../../lambdas/revocation/publish.ts";
import { readRevocations } from "../../lambdas/revocation/read-ledger.ts";
import { revocationInstant } from "../../lambdas/revocation/revoke.ts";
import { authorities, rsaSigner } from "../pki/authorities.ts";
import { world } from "../world.ts";
import { bucket, crlKey } from "./bucket.ts";

const minute = 60_000;
const { issuing } = await authorities("rsa2048");
const signer = rsaSigner(issuing.keys.pkcs8);

/** What happens between two publications, and how the next one goes. */
const step = fc.record({
  minutes: fc.integer({ min: 0, max: 100 }),
  revoked: fc.array(
    // By a writer whose clock is late, of a certificate that ends so many minutes after the revocation.
    fc.record({ late: fc.integer({ min: 0, max: 60 }), ends: fc.integer({ min: -200, max: 600 }) }),
    { maxLength: 4 },
  ),
  goes: fc.constantFrom("well", "well", "well", "hourly", "not put", "not noted", "an older list is put back"),
});

const serials = (entries: CrlEntries) => [...unpacked(entries)].map(({ serialNumber }) => serialNumber);

describe("a publication that reads the newest revocations alone", () => {
  it("lists what reading the whole ledger would, but for ended certificates until the hourly one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
        await using by = await world("2026-11-22T03:00:00.000Z");
        const { context, clock } = by;
        const store = bucket();
        const ends = new Map<string, number>();
        let readings = 0;
        const ports: PublishContext = {
          now: context.now,
          authority: async (name) => ({ name, certificate: issuing.certificate }),
          authorities: context.authorities,
          ledger: {
            each: (issuer, since, take) => {
              if (since === undefined) readings += 1;
              return context.ledger.each(issuer, since, take);
            },
          },
          signer,
          crlLifetime: 24 * 60 * minute,
          findCrl: store.findCrl,
          replaceCrl: store.replaceCrl,
        };
        const lost = () => Promise.reject(new Error("lost"));
        let older: Uint8Array | undefined;
        for (const { minutes, revoked, goes } of steps) {
          clock.now = new Date(clock.now.getTime() + minutes * minute);
          for (const { late, ends: left } of revoked) {
            const revokedAt = revocationInstant(new Date(clock.now.getTime() - late * minute));
            const notAfter = new Date(clock.now.getTime() + left * minute);
            const entry = {
              issuer: "subscribers",
              serialNumber: newSerial(),
              revokedAt,
              reason: "superseded",
            } as const;
            await context.commit([
              context.ledger.add({ ...entry, notAfter: notAfter.toISOString() } satisfies LedgerEntry),
            ]);
            ends.set(entry.serialNumber, notAfter.getTime());
          }
          if (goes === "not put")
            await expect(publishCrl({ ...ports, replaceCrl: lost }, "subscribers")).rejects.toThrow();
          if (goes === "not noted")
            await expect(
              publishCrl({ ...ports, authorities: { ...ports.authorities, keepLastCrl: lost } }, "subscribers"),
            ).rejects.toThrow();
          if (goes === "an older list is put back" && older !== undefined) store.objects.set(crlKey, older);
          if (goes !== "well" && goes !== "hourly") continue;
          const before = store.objects.get(crlKey);
          readings = 0;
          const { crl } = await publishCrl(ports, "subscribers", { whole: goes === "hourly" });
          const wanted = nextEntries({
            ledger: [await readRevocations(context.ledger, "subscribers")],
            published: before && readCrl(before),
            thisUpdate: crl.thisUpdate,
          });
          const listed = serials(readCrl(store.objects.get(crlKey) ?? new Uint8Array()).entries);
          const required = new Set(serials(wanted));
          const ended = listed.filter((serial) => (ends.get(serial) ?? 0) < crl.thisUpdate.getTime());
          expect([...required].filter((serial) => !listed.includes(serial))).toEqual([]);
          expect(listed.filter((serial) => !required.has(serial) && !ended.includes(serial))).toEqual([]);
          if (readings > 0) expect(listed).toEqual([...required]);
          older ??= before;
        }
      }),
      { numRuns: 25 },
    );
  });
});
