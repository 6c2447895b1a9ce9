import * as z from "zod/mini";
import { auditExport, auditLines, auditPage } from "./audit.ts";
import { day, identifier } from "./fields.ts";
import { importRoutes } from "./imports.ts";
import { countQuery, pageQuery } from "./lists.ts";
import { route } from "./route.ts";
import { selectionRoutes } from "./selection.ts";
import {
  certificateDetails,
  certificateRow,
  organization,
  registration,
  revocationReason,
  sentNotice,
  service,
  subscriberChange,
  subscriberView,
} from "./shapes.ts";

const inOrganization = z.object({ serviceId: identifier, organizationId: identifier });

/** Every operation of the admin site. A route that is not here does not exist anywhere. */
export const adminRoutes = {
  ...importRoutes,
  ...selectionRoutes,
  getSession: route({
    method: "GET",
    path: "/api/session",
    audience: "administrator",
    summary: "Who signs in, for which company, under which brand",
    reply: z.object({
      brand: z.string(),
      tenant: z.object({ tenantId: identifier, name: z.string(), englishName: z.string() }),
      administrator: z.object({
        administratorId: identifier,
        name: z.string(),
        englishName: z.string(),
        email: z.string(),
        language: z.enum(["ja", "en"]),
        /** End of the certificate that signed in, ISO 8601. */
        notAfter: z.string(),
      }),
    }),
  }),
  listServices: route({
    method: "GET",
    path: "/api/services",
    audience: "administrator",
    summary: "The company's services with options and licences",
    reply: z.object({ services: z.array(service) }),
  }),
  listOrganizations: route({
    method: "GET",
    path: "/api/organizations",
    audience: "administrator",
    summary: "The company's organizations",
    reply: z.object({ organizations: z.array(organization) }),
  }),
  listCertificates: route({
    method: "GET",
    path: "/api/services/{serviceId}/organizations/{organizationId}/certificates",
    audience: "administrator",
    summary: "Subscribers and their certificates, or those that are searched for, a page at a time",
    params: inOrganization,
    query: pageQuery,
    reply: z.object({
      rows: z.array(certificateRow),
      /** Cursors before and after this page, where there are others. */
      previous: z.optional(z.string()),
      next: z.optional(z.string()),
      /** How many rows a search has looked at, where it stopped before its page was full: it goes on at the cursor. */
      looked: z.optional(z.int()),
    }),
  }),
  countCertificates: route({
    method: "GET",
    path: "/api/services/{serviceId}/organizations/{organizationId}/certificates/count",
    audience: "administrator",
    summary: "How many certificates the list holds, or a search finds in it; a long count goes on at its cursor",
    params: inOrganization,
    query: countQuery,
    reply: z.object({ certificates: z.int(), next: z.optional(z.string()) }),
  }),
  getCertificate: route({
    method: "GET",
    path: "/api/certificates/{certificateId}",
    audience: "administrator",
    summary: "One certificate as it stands now",
    params: z.object({ certificateId: identifier }),
    reply: certificateRow,
  }),
  getCertificateDetails: route({
    method: "GET",
    path: "/api/certificates/{certificateId}/details",
    audience: "administrator",
    summary: "One certificate in full: subject, validity, key, and who did what to it when",
    params: z.object({ certificateId: identifier }),
    reply: certificateDetails,
  }),
  listCertificateNotices: route({
    method: "GET",
    path: "/api/certificates/{certificateId}/notices",
    audience: "administrator",
    summary: "The mails that went to the subscriber of one certificate, newest first",
    params: z.object({ certificateId: identifier }),
    reply: z.object({ notices: z.array(sentNotice) }),
  }),
  listAudit: route({
    method: "GET",
    path: "/api/audit",
    audience: "administrator",
    summary: "Who did what in the company, newest first: of the last thirty days, or as asked",
    query: z.object(auditPage),
    reply: auditLines,
  }),
  exportAudit: route({
    method: "POST",
    path: "/api/audit/export",
    audience: "administrator",
    summary: "The lines of some days for a file, a part at a time; that they are taken is recorded",
    body: z.object(auditExport),
    reply: auditLines,
  }),
  registerSubscriber: route({
    method: "POST",
    path: "/api/services/{serviceId}/organizations/{organizationId}/subscribers",
    audience: "administrator",
    summary: "Register a subscriber and issue one certificate per device",
    params: inOrganization,
    body: registration,
    reply: z.object({ subscriberId: identifier, certificates: z.array(certificateRow) }),
    status: 202,
  }),
  getSubscriber: route({
    method: "GET",
    path: "/api/certificates/{certificateId}/subscriber",
    audience: "administrator",
    summary: "The subscriber of a certificate, with all certificates",
    params: z.object({ certificateId: identifier }),
    reply: subscriberView,
  }),
  changeSubscriber: route({
    method: "PUT",
    path: "/api/certificates/{certificateId}/subscriber",
    audience: "administrator",
    summary:
      "Correct the names and mails of a certificate's subscriber; what a certificate says stays until it is reissued",
    params: z.object({ certificateId: identifier }),
    body: subscriberChange,
    reply: subscriberView,
  }),
  revokeCertificate: route({
    method: "POST",
    path: "/api/certificates/{certificateId}/revocation",
    audience: "administrator",
    summary:
      "Revoke one certificate immediately, or at 0:00 JST of a day (tomorrow to today + 30); another day or reason changes a planned one",
    params: z.object({ certificateId: identifier }),
    body: z.object({ reason: z._default(revocationReason, "unspecified"), on: z.optional(day) }),
    reply: certificateRow,
  }),
  cancelRevocation: route({
    method: "DELETE",
    path: "/api/certificates/{certificateId}/revocation",
    audience: "administrator",
    summary: "Cancel the planned revocation of one certificate",
    params: z.object({ certificateId: identifier }),
    reply: certificateRow,
  }),
} as const;

export type AdminRoutes = typeof adminRoutes;
