import type { SendRawEmailCommandInput } from "@aws-sdk/client-ses";
import { AwsError } from "./aws-error.ts";
import type { Answer } from "./post.ts";
import { caller } from "./service.ts";

/** What is sent of AWS's input: an ARN or a tag would be lost on the way, so there is none here. */
export type RawEmail = Pick<
  SendRawEmailCommandInput,
  "RawMessage" | "Source" | "Destinations" | "ConfigurationSetName"
>;

/** SES, sending. The operation and its input are AWS's own; failures are AwsError. */
export type Ses = { sendRawEmail(input: RawEmail): Promise<void> };

const version = "2010-12-01";

/** A mail that SES is slow to take would be sent again, and come twice: three times as patient as with the others. */
const patience = 15_000;

/** Base64 in a form: of its characters these three alone need an escape, and a mail is long. */
const base64Value = (octets: Uint8Array): string =>
  Buffer.from(octets).toString("base64").replaceAll("+", "%2B").replaceAll("/", "%2F").replaceAll("=", "%3D");

const textOf = (xml: string, element: string): string | undefined =>
  new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];

/** https://docs.aws.amazon.com/ses/latest/APIReference/CommonErrors.html */
function outputOf({ status, type, text }: Answer): unknown {
  if (status === 200 && text.includes("<SendRawEmailResult>")) return {};
  const name = textOf(text, "Code") ?? type ?? `HTTP ${status}`;
  throw new AwsError(name, textOf(text, "Message") ?? "no reason given", status);
}

/** Speaks AWS's query protocol: a form, answered in XML. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export function ses(environment = process.env): Ses {
  const call = caller(
    { service: "ses", host: "email", patience },
    {
      headersOf: () => ({ "content-type": "application/x-www-form-urlencoded" }),
      // The fields' values come as they stand in a form.
      bodyOf: (operation, fields) =>
        Object.entries({ Action: operation, Version: version, ...fields })
          .map(([name, value]) => `${name}=${value}`)
          .join("&"),
      outputOf,
    },
    environment,
  );
  return {
    sendRawEmail: async ({ RawMessage, Destinations = [], Source, ConfigurationSetName }) => {
      await call("SendRawEmail", {
        "RawMessage.Data": base64Value(RawMessage?.Data ?? Buffer.of()),
        ...Object.fromEntries(Destinations.map((to, at) => [`Destinations.member.${at + 1}`, encodeURIComponent(to)])),
        ...(Source === undefined ? {} : { Source: encodeURIComponent(Source) }),
        ...(ConfigurationSetName === undefined
          ? {}
          : { ConfigurationSetName: encodeURIComponent(ConfigurationSetName) }),
      });
    },
  };
}
