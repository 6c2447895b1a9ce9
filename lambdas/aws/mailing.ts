import { SendRawEmailCommand, SESClient, type SESClientConfig } from "@aws-sdk/client-ses";
import { type Letter, mimeOf } from "../notices/mime.ts";
import { clientSettings, oneEndpoint, withoutLogger } from "./client-settings.ts";

/** A mail that SES is slow to take would be sent again, and come twice: SES gets three times the others' time. */
const silence = 15_000;

export const ses = (config: SESClientConfig = {}): SESClient =>
  withoutLogger(new SESClient({ ...clientSettings(silence), ...oneEndpoint, ...config }));

/** Composes a letter; the answer sends it through SES. The envelope is given, so a header cannot change it. */
export const mailing =
  (client: SESClient, configurationSet: string) =>
  async (letter: Letter): Promise<() => Promise<void>> => {
    const mail = new SendRawEmailCommand({
      RawMessage: { Data: await mimeOf(letter, new Date()) },
      Source: letter.from.address,
      Destinations: [letter.to.address],
      ConfigurationSetName: configurationSet,
    });
    return async () => void (await client.send(mail));
  };
