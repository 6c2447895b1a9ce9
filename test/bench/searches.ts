import { indexed } from "../../lambdas/aws/certificate-items.ts";
import { certificateKey } from "../../lambdas/aws/keys.ts";
import type { ListPage, PageStart } from "../../lambdas/certificates/list.ts";
import { conditionsOf } from "../../lambdas/contract/search.ts";
import { made, start, stateOf } from "../aws/listed-people.ts";
import { world } from "../world.ts";
import type { Figure } from "./figure.ts";

type Asked = Parameters<typeof conditionsOf>[0];
const single: Readonly<Record<string, Asked>> = {
  "no condition": {},
  "a family name": { family: "山田" },
  "the beginning of a mail": { mail: "p-0007" },
  "a status that many have": { status: ["issued"] },
  "a status that few have": { status: ["failed"] },
  "a device": { device: ["20"] },
  "a month of ends": { endsFrom: "2027/12/01", endsTo: "2027/12/31" },
};
const combined: Readonly<Record<string, Asked>> = {
  "two that many have": { family: "山田", device: ["01"], status: ["downloaded"] },
  "what nobody has": { family: "山田", given: "花子", status: ["failed"], device: ["12"] },
};
const page = { sort: "name", order: "asc", limit: 50 } as const;

/** A list of so many people, and what a page of each search costs in it. */
async function costs(people: number, searches: Readonly<Record<string, Asked>>) {
  await using by = await world(start);
  const place = await by.place();
  for (let from = 0; from < people; from += 500)
    await Promise.all(
      Array.from({ length: Math.min(500, people - from) }, (_, at) => {
        const certificate = { ...made(place, from + at), state: stateOf(from + at) };
        const key = certificateKey(certificate.tenantId, certificate.certificateId);
        return by.client.add("CertificatesTable", { ...key, ...certificate, ...indexed(certificate) });
      }),
    );
  const found: { name: string; rows: number; units: number; seconds: number; looked: boolean }[] = [];
  for (const [name, asked] of Object.entries(searches)) {
    by.resetUnits();
    const began = performance.now();
    const at: PageStart = { at: "first" };
    const shown: ListPage = await by.context.lists.page(place, { ...page, start: at, conditions: conditionsOf(asked) });
    const seconds = (performance.now() - began) / 1000;
    found.push({
      name,
      rows: shown.certificates.length,
      units: by.units["read"] ?? 0,
      seconds,
      looked: shown.looked !== undefined,
    });
  }
  return found;
}

/** Pages of a list of 100,000 people beside the same pages of 1,000: what they cost does not grow with the list. */
export async function searches(): Promise<readonly Figure[]> {
  const few = await costs(1000, single);
  const many = await costs(100_000, { ...single, ...combined });
  return many.flatMap(({ name, rows, units, seconds, looked }): Figure[] => {
    const small = few.find((one) => one.name === name);
    if (small !== undefined)
      return [
        { name: `a page of 100,000 people with ${name}`, value: units, unit: "units" },
        {
          name: "… for each row of it, beside the same page of 1,000",
          value: units / rows / (small.units / small.rows),
          unit: "ratio",
          limit: 1.2,
        },
      ];
    const end = looked ? "or to 続きを検索" : "whole";
    return [{ name: `a page of 100,000 people with ${name}, ${end}`, value: seconds, unit: "s", limit: 2 }];
  });
}
