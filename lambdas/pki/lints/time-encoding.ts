import { childrenOf, contentOf, timeOf, wholeElement } from "../der-reader.ts";
import { tag } from "../der.ts";
import type { Lint } from "./linted.ts";

/** UTCTime to the end of 2049, GeneralizedTime from 2050; in UTC, with seconds and without a fraction. */
export const timeEncoding: Lint = {
  name: "time-encoding",
  source: "RFC 5280 §4.1.2.5",
  find: ({ der }) => {
    const [, , , , validity] = childrenOf(der, wholeElement(der));
    if (validity === undefined) return ["it has no validity"];
    return childrenOf(der, validity).flatMap((element) => {
      const text = Buffer.from(contentOf(der, element)).toString("latin1");
      try {
        const expected = timeOf(der, element).getUTCFullYear() < 2050 ? tag.utcTime : tag.generalizedTime;
        return element.tag === expected ? [] : [`${text} is of the wrong type for its year`];
      } catch {
        return [`${text} is not in UTC to the second`];
      }
    });
  },
};
