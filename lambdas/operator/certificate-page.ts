import type { Certificate } from "../certificates/certificate.ts";
import type { PageStart } from "../certificates/list.ts";
import type { Ports } from "../certificates/ports.ts";
import { Refusal } from "../refusal.ts";
import type { Options } from "./options.ts";
import { unknown } from "./run.ts";

export type PageContext = Pick<Ports, "tenants" | "lists">;
/** Where a page ended: in the list of one organization's certificates of one service. */
type Place = { readonly serviceId: string; readonly organizationId: string; readonly cursor?: string };

/** Lists that one call reads, and rows of one read: together they take far less than the function's time limit. */
const mostReads = 20;
const mostRows = 100;

/**
 * A tenant's certificates from a place on, list by list. A page may hold few of the rows that were read, or none;
 * the last one has no `next`.
 */
export async function certificatePage(
  context: PageContext,
  { tenant: tenantId, service, email, status, limit, cursor }: Options<"certificate list">,
): Promise<{ readonly certificates: readonly Certificate[]; readonly next: string | undefined }> {
  const [services, organizations] = await Promise.all([
    context.tenants.listServices(tenantId),
    context.tenants.listOrganizations(tenantId),
  ]);
  if (services.length === 0 && (await context.tenants.findTenant(tenantId)) === undefined) throw unknown(tenantId);
  if (service !== undefined && !services.some(({ serviceId }) => serviceId === service)) throw unknown(service);
  const lists: readonly Place[] = services
    .filter(({ serviceId }) => service === undefined || serviceId === service)
    .flatMap(({ serviceId }) => organizations.map(({ organizationId }) => ({ serviceId, organizationId })));
  const wanted = (certificate: Certificate) =>
    (status === undefined || certificate.state.status === status) &&
    (email === undefined || mailsOf(certificate).includes(email.toLowerCase()));

  const found: Certificate[] = [];
  let place = cursor === undefined ? lists[0] : placeOf(cursor, lists);
  for (let reads = 0; place !== undefined && reads < mostReads && found.length < limit; reads++) {
    const page = await context.lists.page(
      { tenantId, ...place },
      { sort: "name", order: "asc", limit: Math.min(mostRows, limit - found.length), start: startOf(place) },
    );
    found.push(...page.certificates.filter(wanted));
    place = page.next === undefined ? lists[indexOf(lists, place) + 1] : { ...place, cursor: page.next };
  }
  return { certificates: found, next: place && Buffer.from(JSON.stringify(place)).toString("base64url") };
}

const startOf = ({ cursor }: Place): PageStart => (cursor === undefined ? { at: "first" } : { at: "after", cursor });

const indexOf = (lists: readonly Place[], { serviceId, organizationId }: Place): number =>
  lists.findIndex((one) => one.serviceId === serviceId && one.organizationId === organizationId);

function placeOf(cursor: string, lists: readonly Place[]): Place {
  try {
    const place = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as Place;
    if (indexOf(lists, place) >= 0) return place;
  } catch {
    // Refused below, as one that names no list is.
  }
  throw new Refusal("usage", { detail: "--cursor: not the end of a page of this list; begin without it" });
}

const mailsOf = ({ certificateEmail, holder }: Certificate): readonly string[] =>
  [certificateEmail, ...(holder.kind === "subscriber" ? [holder.primaryEmail] : [])].map((mail) => mail.toLowerCase());
