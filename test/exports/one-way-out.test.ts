import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const lambdas = join(import.meta.dirname, "../../lambdas");
const sources = readdirSync(lambdas, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, text: readFileSync(join(lambdas, name), "utf8") }));
const having = (pattern: RegExp) =>
  sources
    .filter(({ text }) => pattern.test(text))
    .map(({ name }) => name)
    .toSorted();

// The compiler demands a permit of whatever opens a secret or signs a link to one; these are the places that could give
// one without the audit's line.
describe("a permit to open a secret or to sign a link to one", () => {
  it("is made in one place", () => {
    expect(having(/as (unknown as )?Permit\b|<Permit>\s*[{(]|satisfies Permit/)).toEqual(["exports/hand-out.ts"]);
    expect(having(/\bas never\b|@ts-(ignore|expect-error)/)).toEqual([]);
  });

  it("is asked of KMS and of S3 through one function each", () => {
    expect(having(/\bDecryptCommand\b/)).toEqual(["aws/kms.ts"]);
    expect(having(/\bgetSignedUrl\b/)).toEqual(["aws/links.ts"]);
  });

  it("is asked for by these verbs, each of which `test/system/exports.test.ts` proves", () => {
    expect(having(/\b(handOut\b(?!:)|fetchPackage\b|takePackage\b)/)).toEqual([
      "admin-api.ts",
      "admin/imports.ts",
      "exports/hand-out.ts",
      "imports/fetch-package.ts",
      "operator.ts",
      "operator/certificates.ts",
      "operator/imports.ts",
      "package-links.ts",
    ]);
  });

  it("comes without an announcement to the packager and to holders alone", () => {
    expect(having(/\bpacking\b/)).toEqual(["exports/hand-out.ts", "imports/package.ts"]);
    expect(having(/\bhandToHolder\b/)).toEqual(["downloads/download.ts", "downloads/reveal.ts", "exports/hand-out.ts"]);
  });
});
