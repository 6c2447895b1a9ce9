import { timeEncoding } from "../../../lambdas/pki/lints/time-encoding.ts";
import { Time } from "@peculiar/asn1-x509";
import { altered, goodLeaf, provesRule, respelled } from "./fixture.ts";

const LAST_UTC_TIME = new Date("2049-12-31T23:59:59Z");
const FIRST_GENERALIZED_TIME = new Date("2050-01-01T00:00:00Z");

provesRule(
  timeEncoding,
  {
    "the last second of 2049": goodLeaf({ notAfter: LAST_UTC_TIME }),
    "the first second of 2050": goodLeaf({ notAfter: FIRST_GENERALIZED_TIME }),
  },
  {
    "a GeneralizedTime before 2050": () =>
      altered(goodLeaf(), (tbs) => void (tbs.validity.notAfter = new Time({ generalTime: LAST_UTC_TIME }))),
    "a day that does not exist": () =>
      respelled(
        goodLeaf({ notAfter: LAST_UTC_TIME }),
        Buffer.from("491231235959Z").toString("hex"),
        Buffer.from("490231235959Z").toString("hex"),
      ),
    "a GeneralizedTime with a fraction of a second": () =>
      altered(goodLeaf({ notAfter: FIRST_GENERALIZED_TIME }), (tbs) => {
        tbs.validity.notAfter = new Time({ generalTime: new Date("2050-01-01T00:00:00.500Z") });
      }),
  },
);
