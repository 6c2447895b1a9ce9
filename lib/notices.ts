import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import { Handler } from "./handler.ts";
import { Mail } from "./mail.ts";
import type { Parameters } from "./parameters.ts";
import { keysOf, type Tables } from "./tables.ts";
import { WorkQueue } from "./work-queue.ts";

const timeout = Duration.seconds(30);

export type NoticesProps = { readonly parameters: Parameters; readonly tables: Tables; readonly alarms: Alarms };

/** Sends the mails of notices. */
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
        ACCESS_TABLE: tables.allow(
          tables.access,
          "read",
          { keys: [keysOf.notices], rights: ["change"] },
          { keys: [keysOf.links], rights: ["putMany"] },
        ),
        DOWNLOAD_URL: parameters.downloadUrl,
        ADMIN_URL: parameters.adminUrl,
        BRAND: parameters.brand,
        SENDER: mail.send,
        CONFIGURATION_SET: mail.configurationSet.configurationSetName,
      },
    });
    // SES limits the rate of an account. A mailer sends its mails one after another, so two mailers send about ten a
    // second; a new account may send fourteen.
    this.work.consumedBy(mailer, { batchSize: 10, maxConcurrency: 2, partialFailures: true });
  }
}
