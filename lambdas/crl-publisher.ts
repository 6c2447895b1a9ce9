import { publicationHandler } from "./aws/publishing.ts";
import { environmentOf } from "./environment.ts";

const environment = environmentOf("crl-publisher");

/** The CRL of the subscribers' authority. */
export const handler = publicationHandler(environment, {
  issuer: "subscribers",
  key: environment.SUBSCRIBERS_KEY,
  watched: ["subscribers"],
});
