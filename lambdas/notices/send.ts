import { randomBytes } from "node:crypto";
import { tokenHash } from "../access/login.ts";
import type { Access } from "../access/access.ts";
import type { Certificates } from "../certificates/certificate.ts";
import { cachedFor } from "../async/cached-for.ts";
import type { Tenants } from "../registry/tenant.ts";
import { administratorsLetter, type HolderKind, holderLetter, isHolderKind } from "./letter.ts";
import type { Letter } from "./mime.ts";
import { type Notice, noticeDays, type NoticeKind, type Notices } from "./notice.ts";
import type { RenderedNotice } from "./texts/render.ts";

export type SendContext = {
  readonly now: () => Date;
  readonly brand: string;
  readonly adminUrl: string;
  readonly downloadUrl: string;
  readonly sender: string;
  readonly access: Access;
  readonly certificates: Certificates;
  readonly tenants: Tenants;
  readonly notices: Notices;
  /** Writes a mail; what it gives sends it. */
  readonly mail: (letter: Letter) => () => Promise<void>;
};

const day = 86_400_000;

/** Longer than a batch takes. */
const rememberedSeconds = 60;

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
    // At once, but not in the turn: the next mails go out meanwhile. What is noted is not sent again.
    await context.notices.markSent(prepared.notice, context.now());
  }, rememberedSeconds);

/** A notice that is still owed, with its mails in the order of sending. */
type Prepared = { readonly notice: Notice; readonly mails: readonly (() => Promise<void>)[] };

/**
 * Words one notice's mails; nothing when they are sent already. A credential mail's token is minted here, kept as a hash
 * first, and stands nowhere else: a repeated message mints another one on the same notice.
 */
async function prepareNotice(context: SendContext, tenantId: string, noticeId: string): Promise<Prepared | undefined> {
  const notice = await context.notices.findNotice(tenantId, noticeId);
  if (notice === undefined || notice.sentAt !== undefined) return undefined;
  const letters = notice.kinds.map((kind) =>
    isHolderKind(kind) ? toHolder(context, notice, kind) : toAdministrator(context, notice, kind),
  );
  const from = { name: context.brand, address: context.sender };
  const to = { name: notice.recipient, address: notice.to };
  return { notice, mails: (await Promise.all(letters)).map((letter) => context.mail({ from, to, ...letter })) };
}

async function toHolder(context: SendContext, notice: Notice, kind: HolderKind): Promise<RenderedNotice> {
  return holderLetter(context, notice, kind, kind.endsWith("-credential") ? await mintLink(context, notice) : "");
}

async function toAdministrator(
  context: SendContext,
  notice: Notice,
  kind: Exclude<NoticeKind, HolderKind>,
): Promise<RenderedNotice> {
  const { tenantId, noticeId } = notice;
  const [tenant, ...found] = await Promise.all([
    context.tenants.findTenant(tenantId),
    ...notice.certificateIds.map((id) => context.certificates.find(tenantId, id)),
  ]);
  if (tenant === undefined) throw new Error(`notice ${noticeId} belongs to a tenant that does not exist`);
  return administratorsLetter(context, notice, kind, {
    tenant,
    certificates: found.filter((one) => one !== undefined),
  });
}

/** A link to the page that shows ID and password, good for some days. */
async function mintLink(context: SendContext, { tenantId, noticeId, certificateIds }: Notice): Promise<string> {
  const [certificateId] = certificateIds;
  if (certificateId === undefined) throw new Error(`notice ${noticeId} tells of no certificate`);
  const token = randomBytes(24).toString("base64url");
  const until = new Date(context.now().getTime() + noticeDays * day).toISOString();
  await context.access.addLink(tokenHash(token), { tenantId, certificateId, until });
  // In the fragment: it is sent to no server, so it stands in no log and no Referer.
  return `${context.downloadUrl}notice#${token}`;
}
