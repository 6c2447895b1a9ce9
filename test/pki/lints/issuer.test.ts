import { issuer } from "../../../lambdas/pki/lints/issuer.ts";
import { altered, goodIssuing, goodLeaf, goodRoot, provesRule } from "./fixture.ts";

provesRule(
  issuer,
  {},
  {
    "another authority's name": () => altered(goodLeaf(), (tbs) => void tbs.issuer.pop()),
    "an issuer that is the subject, below the root": () =>
      altered(goodIssuing, (tbs) => void (tbs.issuer = tbs.subject)),
    "a root with another issuer": () => altered(goodRoot, (tbs) => void tbs.issuer.pop()),
  },
);
