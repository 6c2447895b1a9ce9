import { randomBytes } from "node:crypto";
import { tokenHash } from "../access/login.ts";
import { cachedFor } from "../async/cached-for.ts";
import { actGiven } from "./given.ts";
import { type HolderKind, mails } from "./mails.ts";
import type { ActGiven, Mail } from "./mails/mail.ts";
import type { Letter } from "./mime.ts";
import { type Notice, noticeDays } from "./notice.ts";
import type { MailPorts } from "./ports.ts";
import { render, type RenderedMail } from "./render.ts";

export type SendContext = Pick<MailPorts, "now" | "brand" | "access" | "certificates" | "tenants" | "notices"> & {
  readonly adminUrl: string;
  readonly downloadUrl: string;
  readonly sender: string;
  /** Composes a mail; the answer sends it. */
  readonly mail: (letter: Letter) => Promise<() => Promise<void>>;
};

const day = 86_400_000;

/** Longer than a batch takes. */
const cachedSeconds = 60;

/**
 * Sends notices: those of a batch are worded side by side, and their mails go out in `turn`. What the sweep has put into the
 * queue again may be in the same batch as what was there before: it is sent once.
 */
export const noticeSender = (context: SendContext, turn: (run: () => Promise<void>) => Promise<void>) =>
  cachedFor(async (tenantId: string, noticeId: string) => {
    const prepared = await prepareNotice(context, tenantId, noticeId);
    if (prepared === undefined) return;
    await turn(async () => {
      for (const send of prepared.mails) await send();
    });
    // Outside the turn, so that the next mails go out meanwhile. What is noted is not sent again.
    await context.notices.markSent(prepared.notice, context.now());
  }, cachedSeconds);

/** A notice that is not sent yet, with its mails in the order of sending. */
type Prepared = { readonly notice: Notice; readonly mails: readonly (() => Promise<void>)[] };

/**
 * Words one notice's mails; nothing when they are sent already. A credential mail's token is minted here, kept as a hash
 * first, and is written nowhere else: a repeated message mints another one on the same notice.
 */
async function prepareNotice(context: SendContext, tenantId: string, noticeId: string): Promise<Prepared | undefined> {
  const notice = await context.notices.findNotice(tenantId, noticeId);
  if (notice === undefined || notice.sentAt !== undefined) return undefined;
  const rendered =
    notice.act === undefined
      ? notice.kinds.map((kind) => toHolder(context, notice, kind))
      : [toAdministrator(context, notice)];
  const from = { name: context.brand, address: context.sender };
  const to = { name: notice.recipient, address: notice.to };
  const composed = rendered.map(async (mail) => context.mail({ from, to, ...(await mail) }));
  return { notice, mails: await Promise.all(composed) };
}

async function toHolder(
  context: SendContext,
  notice: Extract<Notice, { holder: object }>,
  kind: HolderKind,
): Promise<RenderedMail> {
  const { brand, downloadUrl, adminUrl } = context;
  const { recipient: recipientName, language, holder } = notice;
  const other = notice.kinds.find((one) => one !== kind) ?? kind;
  const common = {
    ...holder,
    brand,
    recipientName,
    days: noticeDays,
    resent: holder.resent === true,
    otherSubject: mails[other].subjects[language],
  };
  const mail = mails[kind];
  switch (mail.leadsTo) {
    case "download":
      return render(mail, language, { ...common, downloadUrl, adminUrl });
    case "credential":
      return render(mail, language, { ...common, noticeUrl: await mintLink(context, notice) });
  }
}

async function toAdministrator(context: SendContext, notice: Extract<Notice, { act: object }>): Promise<RenderedMail> {
  const [kind] = notice.kinds;
  // `told` is of the type of its kind: both come from one call of `noticesToAdministrators`.
  const mail: Mail<never> = mails[kind];
  return render(mail as Mail<ActGiven<unknown>>, notice.language, await actGiven(context, notice));
}

/** A link to the page that shows ID and password, valid for `noticeDays`. */
async function mintLink(
  context: SendContext,
  { tenantId, noticeId, certificateIds, createdAt: noticeCreatedAt }: Notice,
): Promise<string> {
  const [certificateId] = certificateIds;
  if (certificateId === undefined) throw new Error(`notice ${noticeId} is about no certificate`);
  const token = randomBytes(24).toString("base64url");
  const until = new Date(context.now().getTime() + noticeDays * day).toISOString();
  await context.access.addLink(tokenHash(token), { tenantId, certificateId, until, noticeId, noticeCreatedAt });
  // In the fragment: it is sent to no server, so it is in no log and no Referer.
  return `${context.downloadUrl}notice#${token}`;
}
