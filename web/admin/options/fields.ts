import { orderFields } from "../../../lambdas/contract/certificate-fields.ts";
import { closedColumns } from "../../../lambdas/contract/import-layouts.ts";
import type { ServiceOption } from "../../../lambdas/contract/shapes.ts";

/** What may be said of one device's certificate, in the order of the form. */
export const orderFieldNames = ["certificateEmail", "from", "to", "organization", "unit1", "unit2"] as const;
export type OrderField = (typeof orderFieldNames)[number];

/** What was typed for one certificate, right or wrong. */
export type OrderValues = Readonly<Record<OrderField, string>>;
export const noValues: OrderValues = {
  certificateEmail: "",
  from: "",
  to: "",
  organization: "",
  unit1: "",
  unit2: "",
};

export const isOrderField = (name: string | undefined): name is OrderField =>
  orderFieldNames.some((field) => field === name);

/** The fields that a service with these options has. */
export function openFields(options: readonly ServiceOption[]): readonly OrderField[] {
  const closed = closedColumns(options);
  return orderFieldNames.filter((name) => closed[name] === undefined);
}

/** What was typed into the fields that the service has; empty ones are left out. */
export const givenValues = (options: readonly ServiceOption[], values: OrderValues): Partial<OrderValues> =>
  Object.fromEntries(openFields(options).flatMap((name) => (values[name].trim() === "" ? [] : [[name, values[name]]])));

/** What was typed as it will be read, where it keeps its rule. */
export function readAs(name: OrderField, typed: string): string {
  const read = orderFields[name].safeParse(typed);
  return read.success ? (read.data ?? "") : typed;
}
