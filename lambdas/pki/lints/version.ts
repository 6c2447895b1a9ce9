import { Version } from "@peculiar/asn1-x509";
import type { Lint } from "./linted.ts";

/** Version 3, and no unique identifiers. */
export const version: Lint = {
  name: "version",
  source: "RFC 5280 §4.1.2.1 and §4.1.2.8",
  find: ({ tbs }) => [
    ...(tbs.version === Version.v3 ? [] : ["the version is not 3"]),
    ...(tbs.issuerUniqueID === undefined && tbs.subjectUniqueID === undefined ? [] : ["it has a unique identifier"]),
  ],
};
