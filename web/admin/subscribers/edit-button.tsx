import Button from "@cloudscape-design/components/button";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { useSpeech, useWords } from "../frame/contexts.ts";
import { navigate } from "../frame/hash-address.ts";
import { nameIn } from "./columns.tsx";
import { editAddress } from "./edit-address.ts";
import type { OrganizationPath } from "./organization-path.ts";
import { subscriberWords } from "./words.ts";

/** [編集] of a row, as a sign: a column of its own would take the room of what is read. */
export function EditButton({ row, ids }: { readonly row: CertificateRow; readonly ids: OrganizationPath }) {
  const t = useWords(subscriberWords);
  const { language } = useSpeech();
  const name = t.editOf(nameIn(language, row));
  return (
    <span title={name}>
      <Button variant="inline-icon" iconName="edit" ariaLabel={name} onClick={() => navigate(editAddress(row, ids))} />
    </span>
  );
}
