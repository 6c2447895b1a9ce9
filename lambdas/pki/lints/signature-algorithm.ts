import { AsnConvert } from "@peculiar/asn1-schema";
import { algorithmIdentifier, signatureAlgorithmOf } from "../signature-algorithm.ts";
import type { Lint } from "./linted.ts";

/** The algorithm of the authority's key, with SHA-256 and with exactly its parameters. */
export const signatureAlgorithm: Lint = {
  name: "signature-algorithm",
  source: "RFC 4055 §5, RFC 5758 §3.2",
  find: ({ tbs, authoritySpki }) => {
    const written = Buffer.from(AsnConvert.serialize(tbs.signature));
    const expected = algorithmIdentifier(signatureAlgorithmOf(authoritySpki));
    return written.equals(expected)
      ? []
      : ["the signature algorithm is not the one of the authority's key with SHA-256"];
  },
};
