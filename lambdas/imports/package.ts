import { findWhole } from "../certificates/whole.ts";
import type { FindAuthority } from "../authority/cached.ts";
import type { Certificate } from "../certificates/certificate.ts";
import type { Permit } from "../certificates/sealing.ts";
import { firstDownload, type FirstDownloadContext } from "../downloads/first-download.ts";
import { holderFile } from "../downloads/holder-file.ts";
import { packing } from "../exports/hand-out.ts";
import type { ToAdministratorsContext } from "../notices/to-administrators.ts";
import type { Pkcs12Choice } from "../registry/tenant.ts";
import { committed } from "../transaction/write.ts";
import { importNotices, noCounts } from "./import-notices.ts";
import type { JobKey } from "./job.ts";
import { filePath, listNames, listText, type Packed, packedAs, passwordPath } from "./package-files.ts";
import type { ImportPorts } from "./ports.ts";

/** A file inside a ZIP. */
export type Entry = { readonly name: string; readonly content: Uint8Array };

export type PackageContext = FirstDownloadContext &
  ToAdministratorsContext &
  Pick<ImportPorts, "now" | "commit" | "materials" | "jobs" | "rows" | "notices" | "audit" | "open" | "sendNotices"> & {
    readonly tenants: Pick<ImportPorts["tenants"], "findService" | "findTenant">;
    readonly authority: FindAuthority;
    /** Stores a ZIP of these entries as they come; returns its size. Nothing is there until all of it is. */
    readonly storeZip: (key: string, entries: AsyncIterable<Entry>) => Promise<number>;
  };

/** Where a job's package lies. */
export const packageKey = ({ tenantId, jobId }: JobKey): string => `${tenantId}/${jobId}.zip`;

const sideBySide = 8;

/**
 * Packs what a file has issued: for each certificate its PKCS#12 (.P12) and, in a folder of its own, a text with the
 * password (.PIN); at the top a list of whose they are. Run again after a crash, it makes the same package again; the
 * notice goes out with the first that was completed.
 */
export async function packageJob(context: PackageContext, key: JobKey): Promise<string> {
  const job = await context.jobs.find(key.tenantId, key.jobId);
  if (job?.package?.state !== "making") return "nothing to do";
  const [rows, service, tenant] = await Promise.all([
    context.rows.list(job, ["done"]),
    context.tenants.findService(job.tenantId, job.serviceId),
    context.tenants.findTenant(job.tenantId),
  ]);
  const [choice, language] = [service?.pkcs12 ?? "auto", tenant?.language ?? "ja"];
  const ids = rows.flatMap(({ certificateId }) => certificateId ?? []);
  const planned = packedAs(await liveOf(context, key.tenantId, ids), language);
  const packed: Packed[] = [];
  async function* entries(permit: Permit): AsyncGenerator<Entry> {
    for (let at = 0; at < planned.length; at += sideBySide) {
      const some = planned.slice(at, at + sideBySide);
      const files = await Promise.all(some.map((one) => filesOf(context, permit, one, choice)));
      packed.push(...some.filter((_, index) => files[index]?.length !== 0));
      yield* files.flat();
    }
    yield { name: listNames[language], content: Buffer.from(listText(packed, language), "utf8") };
  }
  const size = await packing((permit) => context.storeZip(packageKey(key), entries(permit)));
  const now = context.now();
  const { counts = { ...noCounts, done: packed.length } } = job;
  const result = { rows: job.rows, counts, errors: [], total: 0 };
  const told = job.package.again === true;
  const notices = told ? [] : await importNotices(context, job, "import-package", result, now);
  const kept = await committed(
    context.commit([
      ...context.jobs.keepPackage(job, { size, certificates: packed.length }),
      ...notices.map((notice) => context.notices.addNotice(notice)),
      context.audit.record({
        tenantId: job.tenantId,
        at: now,
        actor: { kind: "system", name: "packager" },
        action: "import.package",
        subject: job.jobId,
        facts: { certificates: packed.length },
      }),
    ]),
  );
  if (!kept) return "packed elsewhere";
  if (notices.length > 0) await context.sendNotices(notices);
  return `packed ${packed.length} certificates`;
}

const isLive = ({ state }: Certificate): boolean => state.status === "issued" || state.status === "downloaded";

/** How many rows are read in one turn. */
const readTogether = 100;

/** Of these the certificates that are live, in order: their names are found before the first of them is packed. */
async function liveOf(
  { certificates }: Pick<PackageContext, "certificates">,
  tenantId: string,
  ids: readonly string[],
): Promise<readonly Certificate[]> {
  const found: Certificate[] = [];
  for (let at = 0; at < ids.length; at += readTogether) {
    const some = await Promise.all(ids.slice(at, at + readTogether).map((id) => certificates.find(tenantId, id)));
    found.push(...some.filter((one) => one !== undefined).filter(isLive));
  }
  return found;
}

/** Both files of a certificate; none where it was revoked or its key was destroyed meanwhile. */
async function filesOf(
  context: PackageContext,
  permit: Permit,
  packed: Packed,
  choice: Pkcs12Choice,
): Promise<readonly Entry[]> {
  const { tenantId, certificateId } = packed.certificate;
  const [whole, der] = await Promise.all([
    findWhole(context, tenantId, certificateId),
    context.certificates.findDer(tenantId, certificateId),
  ]);
  const { certificate, material } = whole ?? {};
  if (certificate === undefined || !isLive(certificate) || der === undefined) return [];
  if (material?.sealedKey === undefined || material.sealedPassword === undefined) return [];
  const bound = { tenant: tenantId, certificate: certificateId, part: "password" } as const;
  const password = Buffer.from(await context.open(permit, bound, material.sealedPassword)).toString("ascii");
  const file = await holderFile(context, permit, certificate, { choice, sealedKey: material.sealedKey, der, password });
  return [
    { name: filePath(packed), content: file },
    { name: passwordPath(packed), content: Buffer.from(password, "ascii") },
  ];
}

/** 証明書ダウンロード済 for all that the package holds; what is revoked meanwhile stays revoked. */
export async function markPackage(
  context: Pick<PackageContext, "now" | "commit" | "certificates" | "keyRetentionDays" | "rows">,
  key: JobKey,
): Promise<string> {
  const rows = await context.rows.list(key, ["done"]);
  const ids = rows.flatMap(({ certificateId }) => certificateId ?? []);
  let marked = 0;
  for (let at = 0; at < ids.length; at += sideBySide) {
    const outcomes = await Promise.all(
      ids.slice(at, at + sideBySide).map((id) => markDownloaded(context, key.tenantId, id)),
    );
    marked += outcomes.filter(Boolean).length;
  }
  return `marked ${marked} certificates`;
}

async function markDownloaded(
  context: Pick<PackageContext, "now" | "commit" | "certificates" | "keyRetentionDays">,
  tenantId: string,
  certificateId: string,
): Promise<boolean> {
  const certificate = await context.certificates.find(tenantId, certificateId);
  if (certificate?.state.status !== "issued") return false;
  return committed(context.commit(firstDownload(context, certificate, certificate.state.issuedAt, context.now())));
}
