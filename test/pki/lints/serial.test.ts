import { serial } from "../../../lambdas/pki/lints/serial.ts";
import { altered, goodLeaf, provesRule } from "./fixture.ts";

const withSerial = (hex: string) => () =>
  altered(goodLeaf(), (tbs) => void (tbs.serialNumber = new Uint8Array(Buffer.from(hex, "hex")).buffer));

provesRule(
  serial,
  {},
  {
    "a serial number of 15 octets": withSerial("11".repeat(15)),
    "a serial number of 17 octets": withSerial("11".repeat(17)),
    "a serial number with the high bit, padded": withSerial(`00${"ff".repeat(16)}`),
  },
);
