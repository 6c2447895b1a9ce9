import { useWords } from "../frame/contexts.ts";
import { registrationWords } from "./words.ts";

const order = ["input", "confirm", "done"] as const;

/** Where one is in the registration. */
export function StepList({ current }: { readonly current: (typeof order)[number] }) {
  const t = useWords(registrationWords);
  return (
    <ol className="steps" aria-label={t.progress}>
      {order.map((step) => (
        <li key={step} {...(step === current ? { "aria-current": "step" } : {})}>
          {t.steps[step]}
        </li>
      ))}
    </ol>
  );
}
