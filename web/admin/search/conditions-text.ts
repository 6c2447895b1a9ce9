import type { Device } from "../../../lambdas/contract/fields.ts";
import type { Status } from "../../../lambdas/contract/shapes.ts";
import type { codeWords } from "../words.ts";
import type { Asked } from "./asked.ts";
import type { searchWords } from "./words.ts";

/** The conditions of a search in one line: 「姓＝山田、証明書ステータス＝証明書発行済・証明書失効済」. */
export function conditionsText(asked: Asked, t: (typeof searchWords)["ja"], codes: (typeof codeWords)["ja"]): string {
  const { family, given, mail, status, device } = asked;
  const span = (from: string | undefined, to: string | undefined) =>
    from === undefined && to === undefined ? undefined : [from ?? "", t.until, to ?? ""].join(" ").trim();
  const values = {
    family,
    given,
    mail,
    requested: span(asked.requestedFrom, asked.requestedTo),
    issued: span(asked.issuedFrom, asked.issuedTo),
    ends: span(asked.endsFrom, asked.endsTo),
    status: status
      ?.split(",")
      .map((code) => t.statuses[code as Status])
      .join(t.or),
    device: device
      ?.split(",")
      .map((code) => codes.devices[code as Device])
      .join(t.or),
  } as const;
  return (Object.keys(values) as (keyof typeof values)[])
    .flatMap((name) => (values[name] === undefined ? [] : [t.named(t.fields[name], values[name])]))
    .join(t.comma);
}
