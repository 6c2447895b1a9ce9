import { deviceFileNames } from "../contract/device-names.ts";
import type { Certificate } from "./certificate.ts";

/** Whose certificate a file holds and for which device, e.g. `Yamada Taro_iPhone`; `fileName` makes a name of it. */
export const fileStem = ({ subject, holder, device }: Certificate): string =>
  `${subject.commonName}_${holder.kind === "administrator" ? "Administrator" : deviceFileNames[device]}`;
