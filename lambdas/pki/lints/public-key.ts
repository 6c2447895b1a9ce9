import { publicKeyFacts } from "../keys.ts";
import type { Lint } from "./linted.ts";

const RSA_LENGTHS: readonly number[] = [2048, 3072, 4096];

/** RSA of 2048, 3072 or 4096 bits with the exponent 65537, or EC on P-256. */
export const publicKey: Lint = {
  name: "public-key",
  source: "CRYPTREC LS-0003; CA/Browser Forum BR §6.1.5 and §6.1.6",
  find: ({ tbs }) => {
    const facts = publicKeyFacts(tbs.spki);
    if (facts.algorithm === "ec") return facts.curve === "prime256v1" ? [] : [`the curve ${facts.curve} is not P-256`];
    return [
      ...(RSA_LENGTHS.includes(facts.modulusLength) ? [] : [`RSA of ${facts.modulusLength} bits is not certified`]),
      ...(facts.publicExponent === 65537n ? [] : ["the RSA exponent is not 65537"]),
    ];
  },
};
