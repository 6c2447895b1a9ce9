import { admissions } from "./aws/admissions.ts";
import { dynamo } from "./aws/dynamo.ts";
import { issuanceHandler, issuingPorts } from "./aws/issuing.ts";
import { sqs } from "./aws/queues.ts";
import { sendersOf } from "./aws/senders.ts";
import { environmentOf } from "./environment.ts";
import { admitHolder } from "./issuance/administrators.ts";

const environment = environmentOf("administrators-issuer");
const client = dynamo();
const ports = {
  ...issuingPorts(client, environment, environment.ADMINISTRATORS_KEY),
  admissions: admissions(client, environment.ADMISSIONS_TABLE),
} as const;

/** Issues administrators' certificates, which the operator alone orders, and admits their holders. */
export const handler = issuanceHandler({
  ...ports,
  issuer: "administrators",
  endOrder: admitHolder(ports),
  ...sendersOf(sqs(), environment),
});
