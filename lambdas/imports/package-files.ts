import type { Certificate } from "../certificates/certificate.ts";
import { fileStem } from "../certificates/file-stem.ts";
import { holderName } from "../certificates/view.ts";
import { csvText } from "../contract/csv-text.ts";
import { deviceFolders, deviceNames } from "../contract/device-names.ts";
import { fileNamesApart, longestFileName, nameAfter } from "../contract/file-name.ts";
import { jstDate } from "../contract/jst.ts";
import type { Language } from "../contract/language.ts";
import type { ImportJob } from "./job.ts";

/** Where a certificate's files are in the package, and how the list of the package calls it. */
export type Packed = {
  readonly certificate: Certificate;
  /** `WindowsPC/Yamada-Taro_WindowsPC`, to which an ending and, for the password, a folder is added. */
  readonly path: string;
};

const pinFolder = "PIN/";
/** In this order a pair is handed over: the file by one way, the password by another. */
const endings = { file: ".P12", password: ".PIN" } as const;

export const filePath = ({ path }: Packed): string => path + endings.file;
export const passwordPath = ({ path }: Packed): string => pinFolder + path + endings.password;

/** A folder for each device; the names in it are unique, the same for file and password, and short enough for Windows. */
export function packedAs(certificates: readonly Certificate[], language: Language): readonly Packed[] {
  const byFolder = Map.groupBy(certificates, ({ device }) => `${deviceFolders[language][device]}/`);
  const paths = new Map(
    [...byFolder].flatMap(([folder, inside]) => {
      const stems = inside.map((certificate) => {
        const short = fileStem(certificate);
        return { short, long: `${short}_${certificate.certificateEmail}` };
      });
      const longest = longestFileName - Buffer.byteLength(pinFolder + folder) - endings.password.length;
      const names = fileNamesApart(stems, "", longest);
      return inside.map(({ certificateId }, at) => [certificateId, folder + (names[at] ?? "")] as const);
    }),
  );
  return certificates.map((certificate) => ({ certificate, path: paths.get(certificate.certificateId) ?? "" }));
}

const headings: Record<Language, readonly string[]> = {
  ja: ["氏名", "フリガナ", "メール", "デバイス", "シリアル", "ファイル名"],
  en: ["Name", "Kana", "Mail", "Device", "Serial number", "File name"],
};
export const listNames: Record<Language, string> = { ja: "一覧.csv", en: "list.csv" };

/** A list of the holders of the files, without passwords. */
export const listText = (packed: readonly Packed[], language: Language): string =>
  csvText([
    headings[language],
    ...packed.map((one) => {
      const { certificate } = one;
      const { holder, subject, certificateEmail, device, serialNumber } = certificate;
      return [
        language === "ja" ? holderName(certificate) : subject.commonName,
        holder.kind === "subscriber" ? `${holder.familyNameKana} ${holder.givenNameKana}` : "",
        certificateEmail,
        deviceNames[language][device],
        serialNumber,
        filePath(one),
      ];
    }),
  ]);

/** `新規_2026-11-28.zip`: after the uploaded file and the day of its upload in Japan. */
export const packageName = ({ fileName: uploaded, createdAt }: Pick<ImportJob, "fileName" | "createdAt">): string => {
  return nameAfter(uploaded, `_${jstDate(createdAt).replaceAll("/", "-")}.zip`);
};
