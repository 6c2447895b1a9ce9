import type { Certificates } from "../certificates/certificate.ts";
import { write } from "./commit.ts";
import { certificateKey } from "./keys.ts";

/** When a certificate's mails were asked for again, on its row: of two simultaneous requests, one is done. */
export const markMailsResent =
  (table: string): Certificates["markMailsResent"] =>
  ({ tenantId, certificateId }, resent) =>
    write({
      Update: {
        TableName: table,
        Key: certificateKey(tenantId, certificateId),
        UpdateExpression: "SET mailsResent = :resent",
        ConditionExpression:
          "#state.#status IN (:issued, :downloaded) AND (attribute_not_exists(mailsResent) OR (mailsResent.#at < :at AND mailsResent.actId <> :act))",
        ExpressionAttributeNames: { "#state": "state", "#status": "status", "#at": "at" },
        ExpressionAttributeValues: {
          ":resent": resent,
          ":at": resent.at,
          ":act": resent.actId,
          ":issued": "issued",
          ":downloaded": "downloaded",
        },
      },
    });
