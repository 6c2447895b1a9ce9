import type { Page } from "playwright-core";
import { organizationId, serviceIds } from "../fake-api.ts";

export const windowOf = (service: keyof typeof serviceIds, name: "csv-registration" | "csv-revocation"): string =>
  `/subscribers/${serviceIds[service]}/${organizationId}/${name}`;

/** 山田 in CP932: two bytes a character, none of them UTF-8. */
const yamada = Buffer.from([0x8e, 0x52, 0x93, 0x63]);

/** Rows of a registration as Excel on a Japanese Windows saves them. */
export const cp932 = (rows: number): Buffer =>
  Buffer.concat(
    Array.from({ length: rows }, (_, at) =>
      Buffer.concat([
        Buffer.from(`p${at}@mytest.jp,`),
        yamada,
        Buffer.from([0x2c, 0x91, 0xbe, 0x98, 0x59]),
        Buffer.from(",", "ascii"),
        // ヤマダ,タロウ
        Buffer.from([0x83, 0x84, 0x83, 0x7d, 0x83, 0x5f, 0x2c, 0x83, 0x5e, 0x83, 0x8d, 0x83, 0x45]),
        Buffer.from(`,Yamada,Taro,p${at}@mytest.jp,01\r\n`),
      ]),
    ),
  );

export const revocations = (rows: number): Buffer =>
  Buffer.from(Array.from({ length: rows }, (_, at) => `p${at}@mytest.jp,p${at}@mytest.jp,01\r\n`).join(""));

/** Presses [登録] when the page has checked the file, and answers its question. */
export async function register(page: Page): Promise<void> {
  await page.getByText("誤りは見つかりませんでした。").waitFor();
  await page.getByRole("button", { name: "登録", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "OK" }).click();
}

/** Chooses a file as [ファイルの選択] does. */
export const chooseFile = (page: Page, buffer: Buffer, name = "利用者.csv"): Promise<void> =>
  page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer });
