import type { ComponentType } from "react";
import type { ImportOperation } from "../../../lambdas/contract/imports.ts";
import type { QuestionProps } from "./question-frame.tsx";
import { RegistrationQuestion } from "./registration-question.tsx";
import { RevocationQuestion } from "./revocation-question.tsx";

/** What is asked once more before a file of each operation is sent. */
export const questions: Readonly<Record<ImportOperation, ComponentType<QuestionProps>>> = {
  register: RegistrationQuestion,
  revoke: RevocationQuestion,
};
