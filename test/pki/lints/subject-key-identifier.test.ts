import { SubjectKeyIdentifier } from "@peculiar/asn1-x509";
import { subjectKeyIdentifier } from "../../../lambdas/pki/lints/subject-key-identifier.ts";
import { oid } from "../../../lambdas/pki/oids.ts";
import { altered, goodLeaf, goodRoot, provesRule, removeExtension, setExtension } from "./fixture.ts";

provesRule(
  subjectKeyIdentifier,
  {},
  {
    "another key's identifier": () =>
      altered(goodLeaf(), (tbs) =>
        setExtension(tbs, oid.subjectKeyIdentifier, new SubjectKeyIdentifier(new Uint8Array(20).buffer)),
      ),
    "a root without identifier": () => altered(goodRoot, (tbs) => removeExtension(tbs, oid.subjectKeyIdentifier)),
  },
);
