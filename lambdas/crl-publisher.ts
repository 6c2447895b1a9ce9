import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { authorities } from "./aws/authorities.ts";
import { certificates } from "./aws/certificates.ts";
import { s3 } from "./aws/s3.ts";
import { dynamo } from "./aws/wire/dynamo.ts";
import { kms } from "./aws/wire/kms.ts";
import { findObject, replaceObject } from "./aws/objects.ts";
import type { PublicationMessage } from "./aws/queues.ts";
import { digestSigner } from "./aws/signing.ts";
import { crlHeaders } from "./authority/repository.ts";
import { remembered } from "./authority/remembered.ts";
import type { Issuer } from "./certificates/certificate.ts";
import { environmentOf, logged } from "./environment.ts";
import { PublicationDiffers, publishCrl } from "./revocation/publish.ts";

const environment = environmentOf("crl-publisher");
const client = dynamo();
const keys = kms();
const store = s3();
const bucket = environment.REPOSITORY_BUCKET;
const known = authorities(client, environment.CERTIFICATES_TABLE);
const signers = {
  subscribers: digestSigner(keys, environment.SUBSCRIBERS_KEY),
  administrators: digestSigner(keys, environment.ADMINISTRATORS_KEY),
};
const context = {
  now: () => new Date(),
  authority: remembered(known),
  authorities: known,
  certificates: certificates(client, environment.CERTIFICATES_TABLE),
  signer: (issuer: Issuer) => signers[issuer],
  crlLifetime: Number(environment.CRL_LIFETIME_HOURS) * 3_600_000,
  findCrl: (key: string) => findObject(store, bucket, key),
  replaceCrl: (key: string, der: Uint8Array, etag: string | undefined) =>
    replaceObject(store, bucket, key, der, crlHeaders, etag),
} as const;

/** Many requests for one issuer in a batch are one publication: it holds all that the ledger has. */
export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const asked = event.Records.map(({ body, messageId }) => ({
    messageId,
    issuer: (JSON.parse(body) as PublicationMessage).issuer,
  }));
  const failures: { itemIdentifier: string }[] = [];
  for (const issuer of new Set(asked.map((one) => one.issuer))) {
    try {
      const { crl, lacked } = await publishCrl(context, issuer);
      const { number, entries } = crl;
      console.log(
        JSON.stringify({ message: logged.crlPublished[issuer], number: Number(number), entries: entries.length }),
      );
      if (lacked.length > 0) {
        const some = lacked.slice(0, 3);
        console.error(JSON.stringify({ message: logged.crlDiffers, issuer, lacked: lacked.length, some }));
      }
    } catch (error) {
      const message = error instanceof PublicationDiffers ? logged.crlDiffers : "crl not published";
      console.error(JSON.stringify({ message, issuer, error: String(error) }));
      for (const one of asked) if (one.issuer === issuer) failures.push({ itemIdentifier: one.messageId });
    }
  }
  return { batchItemFailures: failures };
};
