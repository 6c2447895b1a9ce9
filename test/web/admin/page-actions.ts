import type { Page } from "playwright-core";
import { organizationId, serviceIds } from "./fake-api.ts";

export const listOf = (service: keyof typeof serviceIds): string =>
  `/subscribers/${serviceIds[service]}/${organizationId}`;

export const taro = {
  "氏名（姓）": "山田",
  "氏名（名）": "太郎",
  "氏名（姓）フリガナ": "ﾔﾏﾀﾞ",
  "氏名（名）フリガナ": "タロウ",
  "氏名（姓）英語表記": "Yamada",
  "氏名（名）英語表記": "Taro",
  メールアドレス: "yamada-taro@mytest.example",
} as const;

/** Fills the Japanese registration form and ticks the devices. */
export async function fillIn(
  page: Page,
  person: Readonly<Record<string, string>> = taro,
  devices = ["WindowsPC"],
): Promise<void> {
  for (const [label, value] of Object.entries(person)) await page.getByLabel(label, { exact: true }).fill(value);
  for (const device of devices) await page.getByRole("checkbox", { name: device }).check();
}

export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();

/** Follows a link of the menu, which is closed where a list needs its room. */
export async function fromMenu(page: Page, name: string): Promise<void> {
  await press(page, "メニューを開く");
  await page.getByRole("navigation").getByRole("link", { name, exact: true }).click();
}

/** Waits for the page's title. */
export const arrive = (page: Page, title: string): Promise<void> =>
  page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
