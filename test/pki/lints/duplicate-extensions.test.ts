import { duplicateExtensions } from "../../../lambdas/pki/lints/duplicate-extensions.ts";
import { altered, goodLeaf, goodRoot, provesRule } from "./fixture.ts";

provesRule(
  duplicateExtensions,
  {},
  {
    "a leaf with key usage twice": () =>
      altered(goodLeaf(), (tbs) => void tbs.extensions?.push(...(tbs.extensions?.slice(0, 1) ?? []))),
    "a root with basic constraints twice": () =>
      altered(goodRoot, (tbs) => void tbs.extensions?.unshift(...(tbs.extensions?.slice(0, 1) ?? []))),
  },
);
