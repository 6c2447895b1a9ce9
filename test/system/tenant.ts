/** Companies on the product that runs for all system tests. */
import { administratorCaller as callerAt, type Company, companyAt } from "./company.ts";
import { system } from "./system.ts";

export { type Company, forBulkDownload, settled, unique, yamada } from "./company.ts";
export const company = (service?: Record<string, string | boolean>): Promise<Company> => companyAt(system, service);
export const administratorCaller = (tls: Parameters<typeof callerAt>[1]) => callerAt(system, tls);
export const adminOrigin = new URL(system.endpoints.adminUrl).origin;
