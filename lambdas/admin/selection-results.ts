import type { ActResult } from "../certificates/selected.ts";
import { certificateView } from "../certificates/view.ts";
import type { Language } from "../contract/language.ts";
import { messageText } from "../contract/messages.ts";
import type { SelectionResults } from "../contract/selection.ts";

/** How it went with each, in the reader's language. */
export const selectionResults = (results: readonly ActResult[], language: Language): SelectionResults => ({
  results: results.map((result) => ({
    certificateId: result.certificateId,
    outcome: result.outcome,
    ...(result.certificate === undefined ? {} : { certificate: certificateView(result.certificate, language) }),
    ...(result.outcome === "done"
      ? {}
      : {
          refusal: {
            code: result.refusal.kind,
            message: messageText(result.refusal.kind, language, result.refusal.facts),
          },
        }),
  })),
});
