import { Time } from "@peculiar/asn1-x509";
import { validity } from "../../../lambdas/pki/lints/validity.ts";
import { altered, goodLeaf, provesRule } from "./fixture.ts";

provesRule(
  validity,
  {},
  {
    "an end before the beginning": () =>
      altered(goodLeaf(), (tbs) => void (tbs.validity.notAfter = new Time(new Date("2026-03-31T23:59:59Z")))),
    "an end at the beginning": () =>
      altered(goodLeaf(), (tbs) => void (tbs.validity.notAfter = tbs.validity.notBefore)),
  },
);
