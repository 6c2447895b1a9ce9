import { denialsIn } from "./iam/denials.ts";
import { principals, type Principals } from "./iam/principals.ts";
import { join } from "node:path";
import { openDatabase, transaction } from "./database.ts";
import { dynamodb } from "./dynamodb/dynamodb.ts";
import type { HttpServer } from "./http.ts";
import { serveJson } from "./json-http.ts";
import { dataKeys } from "./kms/data-keys.ts";
import { kms } from "./kms/service.ts";
import { startMeter, type Meter } from "./meter.ts";
import { openS3, serveS3 } from "./s3/service.ts";
import { serveMailbox } from "./ses/mailbox.ts";
import { openMails } from "./ses/mails.ts";
import { serveSes, type Quota } from "./ses/service.ts";
import type { Credentials } from "./sigv4.ts";
import { serveSts } from "./sts/service.ts";
import { openQueues } from "./sqs/queues.ts";
import { sqs } from "./sqs/service.ts";

/** The AWS services of this machine. */
export type ServiceName = "dynamodb" | "s3" | "sqs" | "kms" | "ses" | "sts";

/** Port 0 takes a free one. Serializable, to be sent to another process. */
export type AwsConfiguration = {
  /** Holds all data of the services; created with mode 0700 if absent. For one process at a time. */
  readonly dataDirectory: string;
  readonly credentials: Credentials;
  readonly region: string;
  readonly ports: Readonly<Record<ServiceName, number>>;
  readonly mailboxPort: number;
  /** SES's limits; practically none when absent. */
  readonly mailQuota?: Quota;
};

/** Addresses without a trailing slash. */
export type AwsUrls = Readonly<Record<ServiceName | "mailbox", string>>;

/** The running services. */
export type Aws = {
  readonly urls: AwsUrls;
  readonly meter: Meter;
  /** Lets roles sign, each with what its statements allow. */
  readonly grant: Principals["change"];
  close(): Promise<void>;
};

const roomyQuota: Quota = { perDay: 1_000_000, perSecond: 500 };

/**
 * Serves DynamoDB, S3, SQS, KMS, SES, STS and the mailbox on 127.0.0.1. Everything that was answered survives a kill of the
 * process. Throws if a port is in use.
 */
export const serveAws = async (configuration: AwsConfiguration): Promise<Aws> => {
  const { dataDirectory, credentials, region, ports, mailboxPort, mailQuota = roomyQuota } = configuration;
  const database = openDatabase(join(dataDirectory, "services.sqlite"));
  const meter = startMeter();
  const queues = openQueues(database, region);
  const mails = openMails(database, (work) => transaction(database, work));
  const s3 = openS3(database, join(dataDirectory, "objects"), region, dataKeys(database, region), (arn, body) =>
    queues.deliver(arn, body),
  );
  const known = principals(denialsIn(dataDirectory));
  const authority = (service: ServiceName) => ({ credentials, region, service, principals: known });
  const tables = dynamodb({ file: join(dataDirectory, "dynamodb.sqlite") });
  const keys = kms(database, region);
  let queueAddress = "";
  const messages = sqs(queues, () => queueAddress);
  const services = [tables, messages, keys];
  const servers: HttpServer[] = [];

  const close = async (): Promise<void> => {
    for (const service of services) service.close();
    await Promise.all(servers.map(async (server) => server.close()));
    database.close();
  };
  const started = async (starting: Promise<HttpServer>): Promise<string> => {
    const server = await starting;
    servers.push(server);
    return server.url;
  };

  try {
    queueAddress = await started(serveJson(messages, ports.sqs, authority("sqs"), meter));
    const urls = {
      dynamodb: await started(serveJson(tables, ports.dynamodb, authority("dynamodb"), meter)),
      s3: await started(serveS3(s3, ports.s3, authority("s3"), meter)),
      sqs: queueAddress,
      kms: await started(serveJson(keys, ports.kms, authority("kms"), meter)),
      ses: await started(serveSes(mails, mailQuota, ports.ses, authority("ses"), meter)),
      sts: await started(serveSts(ports.sts, authority("sts"), meter)),
      mailbox: await started(serveMailbox(mails, mailboxPort)),
    };
    return { urls, meter, grant: (roles, tags) => known.change(roles, tags), close };
  } catch (failure) {
    await close();
    throw failure;
  }
};
