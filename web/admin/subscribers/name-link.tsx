import Link from "@cloudscape-design/components/link";
import { useEffect, useRef } from "react";
import type { CertificateRow } from "../../../lambdas/contract/shapes.ts";
import { useSpeech } from "../frame/contexts.ts";
import { navigate } from "../frame/hash-address.ts";
import { nameIn } from "./columns.tsx";

type Props = { readonly row: CertificateRow; readonly openAt: (certificateId: string) => string };

/** A subscriber's name, by which the certificate's details are opened beside the list. */
export function NameLink({ row, openAt }: Props) {
  const { language } = useSpeech();
  const address = openAt(row.certificateId);
  const name = nameIn(language, row);
  return (
    <span className="whole" title={name} data-certificate={row.certificateId}>
      <Link
        href={`#${address}`}
        onFollow={(followed) => {
          followed.preventDefault();
          navigate(address);
        }}
      >
        {name}
      </Link>
    </span>
  );
}

/** Leads the keyboard back to the name when its details are closed, and again when the wider room has made another table. */
export function useFocusAfterClosing(open: string | undefined, room: string): void {
  const last = useRef<string>(undefined);
  useEffect(() => {
    if (open !== undefined) last.current = open;
    else if (last.current !== undefined && document.activeElement === document.body)
      document.querySelector<HTMLElement>(`[data-certificate="${last.current}"] a`)?.focus();
  }, [open, room]);
}
