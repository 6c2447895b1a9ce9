import type { AuditLineView } from "../../../lambdas/contract/audit.ts";
import { dateText } from "../../shared/moment.ts";
import type { actWords } from "./act-words.ts";
import type { auditWords } from "./words.ts";

type Words = (typeof auditWords)["ja"] & (typeof actWords)["ja"];

/** Who acted: the kind, the name where there is one, and from where. */
export const actorText = ({ actor }: AuditLineView, t: Words): string =>
  [t.actors[actor.kind], actor.name, actor.address].filter((part) => part !== undefined && part !== "").join(" ");

/** Whom or what it concerns; the id where it has no name. */
export const subjectText = ({ subject: { id, name, mail } }: AuditLineView): string =>
  name === undefined ? id : [name, mail].filter((part) => part !== undefined).join(" ");

/** What else was recorded, a part per fact or change. */
export function detailsOf({ facts, changes, actor }: AuditLineView, t: Words): readonly string[] {
  const named = (name: string, value: string) => `${t.facts[name] ?? name}${t.colon}${value}`;
  return [
    ...Object.entries(facts).flatMap(([name, value]) => (isShown(name) ? [named(name, valueOf(name, value, t))] : [])),
    ...changes.map(({ field, from, to }) => named(field, t.arrow(from ?? t.none, to ?? t.none))),
    ...(actor.requestId === undefined ? [] : [t.request(actor.requestId)]),
  ];
}

/** Identifiers of ours that say nothing to a reader. */
const isShown = (name: string) => !["serviceId", "notice", "requestId", "holder"].includes(name);

function valueOf(name: string, value: string, t: Words): string {
  if (name === "certificates" && !/^\d+$/.test(value)) return t.certificates(value.split(" ").length);
  if (name === "reason") return (t.reasons as Readonly<Record<string, string>>)[value] ?? value;
  return /^\d{4}-\d{2}-\d{2}T/.test(value) ? dateText(value) : value;
}
