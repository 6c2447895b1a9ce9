import { AlgorithmIdentifier } from "@peculiar/asn1-x509";
import { signatureAlgorithm } from "../../../lambdas/pki/lints/signature-algorithm.ts";
import { oid } from "../../../lambdas/pki/oids.ts";
import { altered, goodLeaf, provesRule } from "./fixture.ts";

const withAlgorithm = (algorithm: string, parameters?: Uint8Array<ArrayBuffer>) => () =>
  altered(
    goodLeaf(),
    (tbs) =>
      void (tbs.signature = new AlgorithmIdentifier({
        algorithm,
        ...(parameters && { parameters: parameters.buffer }),
      })),
  );

provesRule(
  signatureAlgorithm,
  {},
  {
    "ECDSA with SHA-1": withAlgorithm("1.2.840.10045.4.1"),
    "RSA under an EC authority": withAlgorithm(oid.sha256WithRSAEncryption, Uint8Array.of(5, 0)),
    "ECDSA with a NULL": withAlgorithm(oid.ecdsaWithSha256, Uint8Array.of(5, 0)),
  },
);
