import { useWords } from "../frame/contexts.ts";
import { type StepName, steps } from "./addresses.ts";
import { registrationWords } from "./words.ts";

/** Where one is in the registration. */
export function StepList({ current }: { readonly current: StepName }) {
  const t = useWords(registrationWords);
  return (
    <ol className="steps" aria-label={t.progress}>
      {steps.map((step) => (
        <li key={step} {...(step === current ? { "aria-current": "step" } : {})}>
          {t.steps[step]}
        </li>
      ))}
    </ol>
  );
}
