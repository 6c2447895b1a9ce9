import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import { auditKinds } from "../../../lambdas/contract/audit.ts";
import { messageText } from "../../../lambdas/contract/messages.ts";
import { useSpeech, useWords } from "../frame/contexts.ts";
import { actWords } from "./act-words.ts";
import { type Filter, type FilterField, mistakesIn, withoutEmpty } from "./filter.ts";
import { auditWords } from "./words.ts";

type Props = { readonly filter: Filter; readonly search: (filter: Filter) => void };

/** What lines are shown: days, kinds of acts, who, and whom. */
export function AuditFilter({ filter, search }: Props) {
  const t = useWords(auditWords);
  const acts = useWords(actWords);
  const { language } = useSpeech();
  const [typed, setTyped] = useState<Filter>(filter);
  const [tried, setTried] = useState(false);
  useEffect(() => {
    setTyped(filter);
    setTried(false);
  }, [JSON.stringify(filter)]);
  const mistakes = mistakesIn(withoutEmpty(typed));
  const set = (name: FilterField, value: string) => setTyped((before) => ({ ...before, [name]: value }));
  const errorOf = (name: FilterField) => {
    const code = tried ? mistakes[name] : undefined;
    return code === undefined ? {} : { errorText: messageText(code, language) };
  };
  const input = (name: Exclude<FilterField, "kind">, label?: string) => (
    <Input
      value={typed[name] ?? ""}
      onChange={({ detail }) => set(name, detail.value)}
      autoComplete={false}
      {...(label === undefined ? {} : { ariaLabel: label })}
    />
  );
  const ticked = (typed.kind ?? "").split(",");
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (Object.keys(mistakes).length === 0) search(withoutEmpty(typed));
      }}
    >
      <SpaceBetween size="s">
        <div className="search-fields">
          <FormField label={t.days} constraintText={t.daysAdvice} {...errorOf("from")} {...errorOf("to")}>
            <span className="search-days">
              {input("from", t.from)}
              <span aria-hidden>–</span>
              {input("to", t.to)}
            </span>
          </FormField>
          <FormField label={t.who} constraintText={t.whoAdvice}>
            {input("who")}
          </FormField>
          <FormField label={t.whom} constraintText={t.whomAdvice}>
            {input("whom")}
          </FormField>
        </div>
        <div role="group" aria-label={t.kind}>
          <Box variant="awsui-key-label">{t.kind}</Box>
          <div className="search-ticks">
            {auditKinds.map((kind) => (
              <Checkbox
                key={kind}
                checked={ticked.includes(kind)}
                onChange={({ detail }) =>
                  set("kind", auditKinds.filter((one) => (one === kind ? detail.checked : ticked.includes(one))).join())
                }
              >
                {acts.kinds[kind]}
              </Checkbox>
            ))}
          </div>
        </div>
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" formAction="submit">
            {t.search}
          </Button>
          <Button formAction="none" onClick={() => search({})}>
            {t.clear}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </form>
  );
}
