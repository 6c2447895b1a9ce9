import * as z from "zod/mini";
import { route } from "./route.ts";
import { device } from "./fields.ts";
import { atMost } from "./text.ts";
import type { FieldRule } from "./rules.ts";

const secret = z.string().check(z.minLength(1, { error: "required" satisfies FieldRule }), atMost(256));
const credential = z.object({ id: secret, password: secret });

/** For whom the certificate is, which decides the page's words. */
const holders = ["administrator", "subscriber"] as const;

/** Every operation of the download site. Nothing here keeps a session: ID and password come with each call. */
export const downloadRoutes = {
  getBrand: route({
    method: "GET",
    path: "/api/brand",
    audience: "subscriber",
    summary: "The provider's name, for the page's title",
    reply: z.object({ brand: z.string(), repositoryUrl: z.string() }),
  }),
  revealNotice: route({
    method: "POST",
    path: "/api/notice",
    audience: "subscriber",
    summary: "ID and password behind the token of a notice mail",
    body: z.object({ token: z.string().check(z.regex(/^[A-Za-z0-9_-]{20,100}$/)) }),
    reply: z.object({
      holder: z.enum(holders),
      id: z.string(),
      password: z.string(),
      /** Until when the page shows it, ISO 8601. */
      until: z.string(),
      device,
    }),
  }),
  signIn: route({
    method: "POST",
    path: "/api/sign-in",
    audience: "subscriber",
    summary: "What the holder of this ID and password may download",
    body: credential,
    reply: z.object({
      holder: z.enum(holders),
      /** As the holder writes it. */
      name: z.string(),
      /** As the certificate does: its subject's CN. */
      englishName: z.string(),
      certificateEmail: z.string(),
      companyName: z.string(),
      companyEnglishName: z.string(),
      device,
      status: z.enum(["issued", "downloaded"]),
      notAfter: z.string(),
      fileName: z.string(),
    }),
  }),
  downloadCertificate: route({
    method: "POST",
    path: "/api/download",
    audience: "subscriber",
    summary: "A 60-second link to the PKCS#12 file for the device",
    body: credential,
    reply: z.object({ url: z.string(), fileName: z.string(), seconds: z.int() }),
  }),
} as const;

export type DownloadRoutes = typeof downloadRoutes;
