import type { Audit } from "../transaction/audit.ts";
import type { FindAuthority } from "../authority/remembered.ts";
import type { Certificate } from "../certificates/certificate.ts";
import type { Open } from "../certificates/sealing.ts";
import { firstDownload, type FirstDownloadContext } from "../downloads/first-download.ts";
import { holderFile } from "../downloads/holder-file.ts";
import type { Notice, Notices } from "../notices/notice.ts";
import type { Administrators } from "../registry/administrator.ts";
import type { Random } from "../registry/identifier.ts";
import type { Pkcs12Choice, Tenants } from "../registry/tenant.ts";
import { type Commit, committed } from "../transaction/write.ts";
import { importNotices } from "./announce.ts";
import type { Imports, JobKey } from "./job.ts";

/** A file inside a ZIP. */
export type Entry = { readonly name: string; readonly content: Uint8Array };

export type PackageContext = FirstDownloadContext & {
  readonly now: () => Date;
  readonly random: Random;
  readonly commit: Commit;
  readonly tenants: Pick<Tenants, "findService">;
  readonly administrators: Pick<Administrators, "listAdministrators">;
  readonly imports: Imports;
  readonly notices: Notices;
  readonly audit: Audit;
  readonly open: Open;
  readonly authority: FindAuthority;
  /** Stores a ZIP of these entries as they come; returns its size. Nothing is there until all of it is. */
  readonly storeZip: (key: string, entries: AsyncIterable<Entry>) => Promise<number>;
  readonly sendNotices: (notices: readonly Notice[]) => Promise<void>;
};

/** Where a job's package lies. */
export const packageKey = ({ tenantId, jobId }: JobKey): string => `${tenantId}/${jobId}.zip`;

const sideBySide = 8;

/**
 * Packs what a file has issued: for each certificate its PKCS#12 (.P12) and a text with the password
 * (.PIN). Done again after a crash, it makes the same package over; the notice goes out with the first
 * that was completed.
 */
export async function packageJob(context: PackageContext, key: JobKey): Promise<string> {
  const job = await context.imports.findJob(key.tenantId, key.jobId);
  if (job?.package?.state !== "making") return "nothing to do";
  const [rows, service] = await Promise.all([
    context.imports.listRows(job, ["done"]),
    context.tenants.findService(job.tenantId, job.serviceId),
  ]);
  const choice = service?.pkcs12 ?? "auto";
  const ids = rows.flatMap(({ certificateId }) => certificateId ?? []);
  let packed = 0;
  async function* entries(): AsyncGenerator<Entry> {
    for (let at = 0; at < ids.length; at += sideBySide) {
      const some = ids.slice(at, at + sideBySide);
      const files = await Promise.all(some.map((id) => filesOf(context, key.tenantId, id, choice)));
      for (const pair of files) {
        packed += pair.length > 0 ? 1 : 0;
        yield* pair;
      }
    }
  }
  const size = await context.storeZip(packageKey(key), entries());
  const now = context.now();
  const { counts = { done: packed, failed: 0, skipped: 0 } } = job;
  const result = { rows: job.rows, counts, errors: [], total: 0 };
  const notices = await importNotices(context, job, "import-package", result, now);
  const kept = await committed(
    context.commit([
      ...context.imports.keepPackage(job, { size, certificates: packed }),
      ...notices.map((notice) => context.notices.addNotice(notice)),
      context.audit.record({
        tenantId: job.tenantId,
        at: now,
        actor: { kind: "system", name: "packager" },
        action: "import.package",
        subject: job.jobId,
        facts: { certificates: packed },
      }),
    ]),
  );
  if (!kept) return "packed elsewhere";
  if (notices.length > 0) await context.sendNotices(notices);
  return `packed ${packed} certificates`;
}

/** Both files of a live certificate; none of one that was revoked or whose key was destroyed meanwhile. */
async function filesOf(
  context: PackageContext,
  tenantId: string,
  certificateId: string,
  choice: Pkcs12Choice,
): Promise<readonly Entry[]> {
  const [whole, der] = await Promise.all([
    context.certificates.findWhole(tenantId, certificateId),
    context.certificates.findDer(tenantId, certificateId),
  ]);
  const { certificate, material } = whole ?? {};
  const live = certificate?.state.status === "issued" || certificate?.state.status === "downloaded";
  if (certificate === undefined || !live || der === undefined) return [];
  if (material?.sealedKey === undefined || material.sealedPassword === undefined) return [];
  const bound = { tenant: tenantId, certificate: certificateId, part: "password" } as const;
  const password = Buffer.from(await context.open(bound, material.sealedPassword)).toString("ascii");
  const file = await holderFile(context, certificate, { choice, sealedKey: material.sealedKey, der, password });
  const name = entryName(certificate);
  return [
    { name: `${name}.P12`, content: file },
    { name: `${name}.PIN`, content: Buffer.from(password, "ascii") },
  ];
}

/** Mail, device and the end of the serial: one person's files stand together and none has another's name. */
const entryName = ({ certificateEmail, device, serialNumber }: Certificate): string =>
  `${certificateEmail}_${device}_${serialNumber.slice(-8)}`;

/** 証明書ダウンロード済 for all that the package holds; what is revoked meanwhile stays revoked. */
export async function markPackage(
  context: Pick<PackageContext, "now" | "commit" | "certificates" | "keyRetentionDays" | "imports">,
  key: JobKey,
): Promise<string> {
  const rows = await context.imports.listRows(key, ["done"]);
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
