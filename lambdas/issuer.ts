import { dynamo } from "./aws/dynamo.ts";
import { rows } from "./aws/import-rows.ts";
import { issuanceHandler, issuingPorts } from "./aws/issuing.ts";
import { sqs } from "./aws/queues.ts";
import { sendersOf } from "./aws/senders.ts";
import { environmentOf } from "./environment.ts";
import { endRowOf } from "./imports/end-row.ts";

const environment = environmentOf("issuer");
const client = dynamo();

/** Issues subscribers' certificates. */
export const handler = issuanceHandler({
  ...issuingPorts(client, environment, environment.SUBSCRIBERS_KEY),
  issuer: "subscribers",
  endOrder: endRowOf(rows(client, environment.IMPORTS_TABLE)),
  ...sendersOf(sqs(), environment),
});
