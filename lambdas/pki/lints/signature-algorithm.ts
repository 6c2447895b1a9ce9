import { algorithmIdentifier, signatureAlgorithmOf } from "../signature-algorithm.ts";
import type { Lint } from "./linted.ts";

/** The algorithm of the authority's key, with SHA-256 and with exactly its parameters. */
export const signatureAlgorithm: Lint = {
  name: "signature-algorithm",
  source: "RFC 4055 §5, RFC 5758 §3.2",
  find: ({ tbs, authoritySpki }) =>
    Buffer.compare(tbs.signatureAlgorithm, algorithmIdentifier(signatureAlgorithmOf(authoritySpki))) === 0
      ? []
      : ["the signature algorithm is not the one of the authority's key with SHA-256"],
};
