/** What is done later than it was asked for, and in whose name: each kind says where its actor's authority is asked again. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { environments } from "../lambdas/environment.ts";

const request = "done in the request that has admitted its actor";
const written = "only says who acted";

/** Every declaration of an actor beside an act, by its file. One that is not here fails until it is decided. */
const declared: Readonly<Record<string, readonly string[]>> = {
  "certificates/certificate.ts": [
    // PlannedRevocation
    "stays when its actor is revoked: it protects; the others are told (test/system/authority.test.ts)",
    // Certificate.supersedes
    "an operator's; ends with the issuance of a revoked holder (test/operator/administrators.test.ts)",
  ],
  "imports/create.ts": [request],
  "imports/job.ts": [
    // Stop
    "a stop is done in the request; what follows only ends rows",
    // ImportJob
    "file and row ask in the transaction that acts (test/imports/authority.test.ts)",
  ],
  "imports/stop.ts": [request],
  "notices/resend.ts": [request],
  "notices/to-administrators.ts": [written],
  "registration/change.ts": [request],
  "registration/register.ts": ["a request, or a row of a file: see imports/job.ts"],
  "revocation/act.ts": [request],
  "revocation/digest.ts": [written],
  "revocation/plan.ts": ["a request, or a row of a file: see imports/job.ts"],
  "revocation/revoke.ts": ["a request, a row of a file, or the nightly's own"],
  "transaction/audit.ts": [written],
};

/** Every queue, and in whose name its messages are worked on. */
const queues: Readonly<Record<string, string>> = {
  IMPORT_QUEUE: "a file's actor: test/imports/authority.test.ts",
  ROW_QUEUE: "a file's actor: test/imports/authority.test.ts",
  ISSUANCE_QUEUE: "the registration was the act: its transaction has asked",
  ADMINISTRATORS_ISSUANCE_QUEUE:
    "an operator's order; to a revoked administrator it ends for good: test/operator/administrators.test.ts",
  PACKAGE_QUEUE: "the system packs; it is handed out in a request",
  MAIL_QUEUE: "the system tells of what was done",
  PUBLICATION_QUEUE: "the system publishes the ledger",
  ADMINISTRATORS_PUBLICATION_QUEUE: "the system publishes the ledger",
  NIGHTLY_QUEUE: "the system carries out plans, which stay",
};

describe("a deferred act", () => {
  it("of every kind has its decision about a revoked actor", () => {
    const folder = join(import.meta.dirname, "../lambdas");
    const found = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .flatMap((name): [string, number][] => {
        const count = readFileSync(join(folder, name), "utf8").match(/readonly actor: Actor\b/g)?.length ?? 0;
        return count === 0 ? [] : [[name, count]];
      });
    const decided = Object.entries(declared).map(([name, decisions]) => [name, decisions.length]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(decided));
  });

  it("comes by a queue of which it is known in whose name it works", () => {
    const names = Object.values(environments)
      .flat()
      .filter((name) => name.endsWith("_QUEUE"));
    expect(Object.keys(queues).toSorted()).toEqual([...new Set(names)].toSorted());
  });
});
