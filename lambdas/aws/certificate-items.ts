import type { Certificate, State } from "../certificates/certificate.ts";
import { kanaSortKey } from "../certificates/collation.ts";
import { searchedFacts } from "../certificates/search.ts";
import type { ListKey } from "../certificates/list.ts";
import type { SortColumn } from "../contract/lists.ts";
import { addJstMonths, jstDate, jstMoment } from "../contract/jst.ts";
import type { Item } from "./marshalling.ts";
import { withoutKeys } from "./items.ts";
import { shardOf } from "./shards.ts";

/** Of each order its index and the attribute that the index sorts by. */
export const listIndexes = {
  name: { index: "byName", attribute: "sortName" },
  primaryEmail: { index: "byPrimaryEmail", attribute: "sortPrimaryEmail" },
  certificateEmail: { index: "byCertificateEmail", attribute: "sortCertificateEmail" },
  status: { index: "byStatus", attribute: "sortStatus" },
  device: { index: "byDevice", attribute: "sortDevice" },
  notAfter: { index: "byNotAfter", attribute: "sortNotAfter" },
} as const satisfies Record<SortColumn, { readonly index: string; readonly attribute: string }>;

/** Further indexes by what is searched for, which no list is sorted by. */
export const searchIndexes = {
  ...listIndexes,
  family: { index: "byFamilyName", attribute: "sortFamilyName" },
  given: { index: "byGivenName", attribute: "sortGivenName" },
  requested: { index: "byRequestedAt", attribute: "sortRequestedAt" },
  issued: { index: "byIssuedAt", attribute: "sortIssuedAt" },
} as const;

/** The statuses in the order of a list that is sorted by them. */
const statusRank = { issuing: 0, failed: 1, issued: 2, downloaded: 3, revoked: 4 } as const;

/**
 * Octets of the mail by which people of one name are put in order. A sort key holds 1,024: two names of 64 kana, each
 * twice (`kanaSortKey`), take 771, the ids and the device 56, what comes before the name 25.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const mailInName = 128;

export const listOf = (at: ListKey): string => `T#${at.tenantId}#S#${at.serviceId}#O#${at.organizationId}`;

/** A sort value ends with the id, so it is unique and serves as the cursor: what follows the last NUL. */
const ranked = (value: string, certificateId: string) => `${value}\u0000${certificateId}`;

/** Kana in dictionary order; people of one name stay apart, and one person's rows are in the order of the devices. */
function sortName({ holder, device, certificateId }: Certificate): string {
  if (holder.kind !== "subscriber") return certificateId;
  const mail = holder.primaryEmail.toLowerCase().slice(0, mailInName);
  const kana = `${kanaSortKey(holder.familyNameKana)}\u0000${kanaSortKey(holder.givenNameKana)}`;
  return ranked(`${kana}\u0000${mail}\u0000${holder.subscriberId}\u0000${device}`, certificateId);
}

/** Rows of one status are in the order of the names. */
export const sortStatus = (state: State, certificate: Certificate): string =>
  `${statusRank[state.status]}${sortName(certificate)}`;

export const sortIssuedAt = (issuedAt: string, { certificateId }: Certificate): string =>
  ranked(issuedAt, certificateId);

/** The partition of the index of the private keys' ends. */
export const keyEndsOf = ({ serialNumber }: Certificate): string => `E#${shardOf(serialNumber)}`;

/** Attributes that put a row into the list indexes (subscribers' rows only), the pending one, and that of the keys' ends. */
export function indexed(certificate: Certificate): Item {
  const { notAfter, state } = certificate;
  const pending =
    state.status === "issuing"
      ? { pending: `P#${shardOf(certificate.serialNumber)}`, pendingSince: certificate.requestedAt }
      : {};
  const shard = shardOf(certificate.serialNumber);
  const always = {
    ...pending,
    keyEnds: keyEndsOf(certificate),
    keyEndsAt: notAfter,
    endsOn: `D#${jstDate(notAfter)}#${shard}`,
    issuedBy: `A#${certificate.issuer}#${shard}`,
  };
  return { ...always, ...listed(certificate) };
}

/** Attributes that put a subscriber's row into the lists. */
export function listed(certificate: Certificate): Item {
  const { holder, certificateId, certificateEmail, device, notAfter, state } = certificate;
  const facts = searchedFacts(certificate);
  if (holder.kind !== "subscriber" || facts === undefined) return {};
  return {
    facts,
    sortFamilyName: ranked(facts.family, certificateId),
    sortGivenName: ranked(facts.given, certificateId),
    sortRequestedAt: ranked(certificate.requestedAt, certificateId),
    list: listOf({ tenantId: certificate.tenantId, ...holder }),
    sortName: sortName(certificate),
    sortPrimaryEmail: ranked(`${holder.primaryEmail.toLowerCase()}\u0000${device}`, certificateId),
    sortCertificateEmail: ranked(`${certificateEmail.toLowerCase()}\u0000${device}`, certificateId),
    sortStatus: sortStatus(state, certificate),
    sortDevice: `${device}${sortName(certificate)}`,
    sortNotAfter: `${notAfter}\u0000${sortName(certificate)}`,
  };
}

/** Sort values from one to another, both included. */
export type SortRange = { readonly from: string; readonly through: string };

/** What begins with a prefix: DynamoDB compares octets, and no character's are above this one's. */
export const beginning = (prefix: string): SortRange => ({ from: prefix, through: `${prefix}\u{10FFFF}` });

/** The range of a value that a page may begin at (`PageStart`), in each order. */
export const rangeOfValue: Readonly<Record<SortColumn, (value: string) => SortRange>> = {
  name: (kana) => beginning(kanaSortKey(kana).split("\u0001", 1)[0] ?? ""),
  primaryEmail: (letters) => beginning(letters.toLowerCase()),
  certificateEmail: (letters) => beginning(letters.toLowerCase()),
  status: (status) => beginning(String(statusRank[status as State["status"]])),
  device: beginning,
  notAfter: (month) => {
    const first = jstMoment(`${month}/01`);
    if (first === undefined) throw new Error(`${month} is no month, which the contract should have refused`);
    return { from: first.at.toISOString(), through: addJstMonths(first.at, 1).toISOString() };
  },
};

const indexAttributes = new Set<string>([
  "list",
  "facts",
  ...Object.values(searchIndexes).map(({ attribute }) => attribute),
  "pending",
  "pendingSince",
  "due",
  "dueAt",
  "keyEnds",
  "endsOn",
  "issuedBy",
]);

/** The row without its keys and what puts it into indexes. */
export const certificateOf = (item: Item): Certificate =>
  Object.fromEntries(
    Object.entries(withoutKeys<Item>(item)).filter(([name]) => !indexAttributes.has(name)),
  ) as unknown as Certificate;
