/** Partition and sort keys of the tables: each begins with the tenant, and is as fine as the thing. */
const folded = (mail: string) => mail.toLowerCase();

export const tenantKey = (tenantId: string) => ({ pk: `T#${tenantId}`, sk: "tenant" });
export const serviceKey = (tenantId: string, serviceId: string) => ({ pk: `T#${tenantId}`, sk: `S#${serviceId}` });
export const claimKey = (kind: string, domain: string) => ({ pk: `DOMAIN#${kind}#${domain}`, sk: "claim" });
export const claimListKey = (kind: string, domain: string) => ({ pk: "DOMAINS", sk: `${kind}#${domain}` });
export const organizationKey = (tenantId: string, organizationId: string) => ({
  pk: `T#${tenantId}`,
  sk: `O#${organizationId}`,
});
export const administratorKey = (tenantId: string, administratorId: string) => ({
  pk: `T#${tenantId}`,
  sk: `A#${administratorId}`,
});
/** There once the administrator is revoked. */
export const revokedKey = (tenantId: string, administratorId: string, shard: number) => ({
  pk: `T#${tenantId}#A#${administratorId}#K#${shard}`,
  sk: "revoked",
});
export const admissionKey = (fingerprint: string) => ({ pk: `F#${fingerprint}`, sk: "admission" });
/** That an admission has ended, beside it: who may write this may not admit. */
export const admissionEndKey = (fingerprint: string) => ({ pk: `R#${fingerprint}`, sk: "ended" });
export const orderKey = ({ issuer, certificateId }: { readonly issuer: string; readonly certificateId: string }) => ({
  pk: `O#${issuer}#${certificateId}`,
  sk: "order",
});

type AtMail = { readonly tenantId: string; readonly serviceId: string; readonly primaryEmail: string };
const mailPartition = (at: AtMail) => `T#${at.tenantId}#S#${at.serviceId}#M#${folded(at.primaryEmail)}`;
export const subscriberKey = (at: AtMail) => ({ pk: mailPartition(at), sk: "subscriber" });
export const slotKey = (at: AtMail & { readonly certificateEmail: string; readonly device: string }) => ({
  pk: mailPartition(at),
  sk: `slot#${folded(at.certificateEmail)}#${at.device}`,
});

export const certificatePartition = (tenantId: string, certificateId: string) => `T#${tenantId}#C#${certificateId}`;
/** The certificate that a partition is of: the inverse of `certificatePartition`. */
export function certificateOfPartition(partition: string): {
  readonly tenantId: string;
  readonly certificateId: string;
} {
  const [, tenantId = "", , certificateId = ""] = partition.split("#");
  return { tenantId, certificateId };
}
export const certificateKey = (tenantId: string, certificateId: string) => ({
  pk: certificatePartition(tenantId, certificateId),
  sk: "row",
});
export const materialKey = (tenantId: string, certificateId: string) => ({
  pk: certificatePartition(tenantId, certificateId),
  sk: "material",
});
export const derKey = (tenantId: string, certificateId: string) => ({
  pk: certificatePartition(tenantId, certificateId),
  sk: "certificate",
});
export const serialKey = (issuer: string, serialNumber: string) => ({
  pk: `N#${issuer}#${serialNumber}`,
  sk: "serial",
});
/** A part of how many rows a list has; `list` is the partition of the list's indexes. */
export const countKey = (list: string, shard: number) => ({ pk: `${list}#K#${shard}`, sk: "count" });
export const authorityKey = (name: string) => ({ pk: `AUTHORITY#${name}`, sk: "authority" });
export const crlKey = (name: string) => ({ pk: `CRL#${name}`, sk: "crl" });

export const noticeKey = (tenantId: string, noticeId: string) => ({ pk: `T#${tenantId}#N#${noticeId}`, sk: "notice" });

type OfAct = { readonly tenantId: string; readonly digestId: string };
export const digestKey = ({ tenantId, digestId }: OfAct) => ({ pk: `T#${tenantId}#G#${digestId}`, sk: "digest" });
/** The act that a partition is of: the inverse of `digestKey`. */
export function digestOfPartition(partition: string): OfAct {
  const [, tenantId = "", , digestId = ""] = partition.split("#");
  return { tenantId, digestId };
}
