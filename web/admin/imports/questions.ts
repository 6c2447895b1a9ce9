import type { ComponentType } from "react";
import type { ImportOperation } from "../../../lambdas/contract/imports.ts";
import { type QuestionProps, RevocationQuestion } from "./revocation-question.tsx";

/** What is asked once more before a file of each operation is sent; nothing where none of it needs to be taken back. */
export const questions: Readonly<Record<ImportOperation, ComponentType<QuestionProps> | undefined>> = {
  register: undefined,
  revoke: RevocationQuestion,
};
