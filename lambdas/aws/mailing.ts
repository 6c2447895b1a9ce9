import MailComposer from "nodemailer/lib/mail-composer/index.js";
import type { Ses } from "./wire/ses.ts";

export type Letter = {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/**
 * Sends one letter through SES. MIME is nodemailer's; the envelope is given, so a header cannot change it. In base64,
 * because Japanese in quoted-printable is twice as long and takes most of the time of making a mail.
 */
export const mailing =
  (client: Ses, configurationSet: string) =>
  async (letter: Letter): Promise<void> => {
    const message = await new MailComposer({
      ...letter,
      textEncoding: "base64",
      disableFileAccess: true,
      disableUrlAccess: true,
    })
      .compile()
      .build();
    await client.sendRawEmail({
      RawMessage: { Data: message },
      Source: letter.from.address,
      Destinations: [letter.to.address],
      ConfigurationSetName: configurationSet,
    });
  };
