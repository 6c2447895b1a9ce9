import { access } from "./aws/access.ts";
import { messageHandler } from "./aws/queue-handler.ts";
import { certificates } from "./aws/certificates.ts";
import { dynamo } from "./aws/dynamo.ts";
import { mailing, ses } from "./aws/mailing.ts";
import { notices } from "./aws/notices.ts";
import type { MailMessage } from "./aws/queues.ts";
import { tenants } from "./aws/tenants.ts";
import { environmentOf } from "./environment.ts";
import { serially } from "./async/serially.ts";
import { noticeSender } from "./notices/send.ts";

const environment = environmentOf("mailer");
const client = dynamo();
const context = {
  now: () => new Date(),
  brand: environment.BRAND,
  adminUrl: environment.ADMIN_URL,
  downloadUrl: environment.DOWNLOAD_URL,
  sender: environment.SENDER,
  access: access(client, environment.ACCESS_TABLE),
  certificates: certificates(client, environment.CERTIFICATES_TABLE),
  tenants: tenants(client, environment.REGISTRY_TABLE),
  notices: notices(client, environment.ACCESS_TABLE),
  mail: mailing(ses(), environment.CONFIGURATION_SET),
} as const;

/** One at a time: SES limits the mails per second, and the stack relies on one mailer sending serially. */
const send = noticeSender(context, serially());

export const handler = messageHandler<MailMessage>(({ tenantId, noticeId }) => send(tenantId, noticeId));
