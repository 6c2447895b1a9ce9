import { exportDays } from "./archive/export-days.ts";
import { archive } from "./aws/archive.ts";
import { auditDays } from "./aws/audit.ts";
import { dynamo } from "./aws/dynamo.ts";
import { s3 } from "./aws/s3.ts";
import { tenants } from "./aws/tenants.ts";
import { environmentOf } from "./environment.ts";
import { logger } from "./telemetry/log.ts";

const environment = environmentOf("audit-exporter");
const client = dynamo();
const context = {
  now: () => new Date(),
  tenants: tenants(client, environment.REGISTRY_TABLE),
  auditDays: auditDays(client, environment.AUDIT_TABLE),
  archive: archive(s3(), environment.ARCHIVE_BUCKET),
} as const;

export const handler = async (): Promise<void> => {
  const written = await exportDays(context);
  logger.info("audit exported", { days: written });
};
