import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import { Handler } from "./handler.ts";
import { Mail } from "./mail.ts";
import type { Parameters } from "./parameters.ts";
import type { Tables } from "./tables.ts";
import { WorkQueue } from "./work-queue.ts";

const timeout = Duration.seconds(30);

export type NoticesProps = { readonly parameters: Parameters; readonly tables: Tables; readonly alarms: Alarms };

/** From a notice to a mail. */
export class Notices extends Construct {
  readonly work: WorkQueue;

  constructor(scope: Construct, id: string, { parameters, tables, alarms }: NoticesProps) {
    super(scope, id);
    const mail = new Mail(this, "Sending", parameters.senderAddress);
    this.work = new WorkQueue(this, "Mail", {
      timeout,
      alarms,
      consequence:
        "Mails to subscribers or administrators did not go out. Look at MailerFunction's log and the SES quota.",
    });
    const mailer = new Handler(this, "MailerFunction", {
      entry: "mailer",
      timeout,
      memory: 512,
      needs: {
        REGISTRY_TABLE: tables.allow(tables.registry, "read"),
        CERTIFICATES_TABLE: tables.allow(tables.certificates, "read"),
        ACCESS_TABLE: tables.allow(tables.access, "read", "write", "putMany"),
        DOWNLOAD_URL: parameters.downloadUrl,
        ADMIN_URL: parameters.adminUrl,
        BRAND: parameters.brand,
        SENDER: mail.send,
        CONFIGURATION_SET: mail.configurationSet.configurationSetName,
      },
    });
    // SES paces an account, not a function. A mailer sends one mail after the other, so these are two at once: about
    // ten a second, within the fourteen that SES gives an account at first.
    this.work.consumedBy(mailer, { batchSize: 10, maxConcurrency: 2, partialFailures: true });
  }
}
