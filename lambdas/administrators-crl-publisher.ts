import { publicationHandler } from "./aws/publishing.ts";
import { environmentOf } from "./environment.ts";

const environment = environmentOf("administrators-crl-publisher");

/** The CRL of the administrators' authority. It also puts back the root's list, which the bootstrap function signs. */
export const handler = publicationHandler(environment, {
  issuer: "administrators",
  key: environment.ADMINISTRATORS_KEY,
  watched: ["administrators", "root"],
});
