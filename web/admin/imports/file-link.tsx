import Link from "@cloudscape-design/components/link";
import { useLocation } from "wouter";
import type { ImportJobRow } from "../../../lambdas/contract/imports.ts";
import { jobAddress, type LedBy } from "./addresses.ts";

/** A file's name, leading to its page; [閉じる] there leads back to this link's page. */
export function FileLink({ job: { jobId, fileName } }: { readonly job: Pick<ImportJobRow, "jobId" | "fileName"> }) {
  const [here, navigate] = useLocation();
  return (
    <Link
      href={`#${jobAddress(jobId)}`}
      onFollow={(followed) => {
        followed.preventDefault();
        navigate(jobAddress(jobId), { state: { close: here } satisfies LedBy });
      }}
    >
      {fileName}
    </Link>
  );
}
