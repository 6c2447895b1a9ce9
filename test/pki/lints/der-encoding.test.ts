import { derEncoding } from "../../../lambdas/pki/lints/der-encoding.ts";
import { goodIssuing, provesRule, respelled } from "./fixture.ts";

provesRule(
  derEncoding,
  {},
  {
    // basicConstraints { cA TRUE, pathLen 0 }: BER allows any octet but 00 for TRUE
    "a TRUE that is not ff": () => respelled(goodIssuing, "30060101ff020100", "3006010101020100"),
  },
);
