import { Version } from "@peculiar/asn1-x509";
import { version } from "../../../lambdas/pki/lints/version.ts";
import { altered, goodLeaf, goodRoot, provesRule } from "./fixture.ts";

provesRule(
  version,
  {},
  {
    "version 2": () => altered(goodLeaf(), (tbs) => void (tbs.version = Version.v2)),
    "a unique identifier of the subject": () =>
      altered(goodRoot, (tbs) => void (tbs.subjectUniqueID = Uint8Array.of(1, 2, 3).buffer)),
  },
);
