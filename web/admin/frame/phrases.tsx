import { Fragment } from "react";
import type { Phrases } from "../../shared/texts.ts";

/** Shows a text that breaks between its phrases, and at blanks, alone. */
export function Phrased({ text }: { readonly text: Phrases }) {
  return (
    <span className="phrases">
      {text.map((phrase, at) => (
        <Fragment key={phrase}>
          {at > 0 && <wbr />}
          {phrase}
        </Fragment>
      ))}
    </span>
  );
}
