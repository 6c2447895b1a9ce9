import { type Letter, mimeOf } from "../notices/mime.ts";
import type { Ses } from "./wire/ses.ts";

/** Writes a letter as a mail; gives what sends it through SES. The envelope is given, so a header cannot change it. */
export const mailing =
  (client: Ses, configurationSet: string) =>
  (letter: Letter): (() => Promise<void>) => {
    const mail = {
      RawMessage: { Data: Buffer.from(mimeOf(letter, new Date())) },
      Source: letter.from.address,
      Destinations: [letter.to.address],
      ConfigurationSetName: configurationSet,
    };
    return () => client.sendRawEmail(mail);
  };
