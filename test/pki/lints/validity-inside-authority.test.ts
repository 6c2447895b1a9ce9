import { validityInsideAuthority } from "../../../lambdas/pki/lints/validity-inside-authority.ts";
import { ISSUING_END } from "../authorities.ts";
import { goodLeaf, provesRule } from "./fixture.ts";

provesRule(
  validityInsideAuthority,
  { "a leaf that ends in the authority's last second": goodLeaf({ notAfter: ISSUING_END }) },
  {
    "a leaf that outlives its authority by a second": () =>
      goodLeaf({ notAfter: new Date(ISSUING_END.getTime() + 1000) }),
    "a leaf that begins a second before its authority": () => goodLeaf({ notBefore: new Date("2025-12-31T23:59:59Z") }),
  },
);
