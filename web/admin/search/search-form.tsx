import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import { messageText } from "../../../lambdas/contract/messages.ts";
import type { SearchField } from "../../../lambdas/contract/search.ts";
import { useSpeech, useWords } from "../frame/contexts.ts";
import { codeWords, deviceOrder } from "../words.ts";
import { type Asked, isAsked, mistakesIn, readySearches, readySearchNames, withoutEmpty } from "./asked.ts";
import { conditionsText } from "./conditions-text.ts";
import { searchWords } from "./words.ts";

type Props = {
  /** What the list is searched by at present. */
  readonly asked: Asked;
  readonly search: (asked: Asked) => void;
};

const statusOrder = ["issuing", "issued", "downloaded", "revoked", "failed"] as const;

/** ▼検索条件: what is typed is asked for with [検索実行]; a ready-made search with its button. */
export function SearchForm({ asked, search }: Props) {
  const t = useWords(searchWords);
  const codes = useWords(codeWords);
  const { language } = useSpeech();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<Asked>(asked);
  const [tried, setTried] = useState(false);
  useEffect(() => {
    setTyped(asked);
    setTried(false);
  }, [JSON.stringify(asked)]);
  const mistakes = mistakesIn(withoutEmpty(typed));
  const set = (name: SearchField, value: string) => setTyped((before) => ({ ...before, [name]: value }));

  const submit = () => {
    setTried(true);
    if (Object.keys(mistakes).length === 0) search(withoutEmpty(typed));
  };
  const text = (name: "family" | "given" | "mail", advice: string) => (
    <FormField label={t.fields[name]} constraintText={advice} {...errorOf(name)}>
      <Input value={typed[name] ?? ""} onChange={({ detail }) => set(name, detail.value)} autoComplete={false} />
    </FormField>
  );
  const errorOf = (name: SearchField) => {
    const code = tried ? mistakes[name] : undefined;
    return code === undefined ? {} : { errorText: messageText(code, language) };
  };
  const day = (name: "requested" | "issued" | "ends", end: "From" | "To") => (
    <Input
      value={typed[`${name}${end}`] ?? ""}
      ariaLabel={(end === "From" ? t.from : t.to)(t.fields[name])}
      onChange={({ detail }) => set(`${name}${end}`, detail.value)}
      autoComplete={false}
    />
  );
  const days = (name: "requested" | "issued" | "ends") => (
    <FormField
      label={t.fields[name]}
      constraintText={t.dateAdvice}
      {...errorOf(`${name}From`)}
      {...errorOf(`${name}To`)}
    >
      <span className="search-days">
        {day(name, "From")}
        <span aria-hidden>{t.until}</span>
        {day(name, "To")}
      </span>
    </FormField>
  );
  const ticks = <Code extends string>(
    name: "status" | "device",
    all: readonly Code[],
    word: (code: Code) => string,
  ) => {
    const ticked = (typed[name] ?? "").split(",");
    return (
      // Not a field of the library's, whose label would be the name of each tick.
      <div role="group" aria-label={t.fields[name]}>
        <Box variant="awsui-key-label">{t.fields[name]}</Box>
        <div className="search-ticks">
          {all.map((code) => (
            <Checkbox
              key={code}
              checked={ticked.includes(code)}
              onChange={({ detail }) =>
                set(name, all.filter((one) => (one === code ? detail.checked : ticked.includes(one))).join())
              }
            >
              {word(code)}
            </Checkbox>
          ))}
        </div>
      </div>
    );
  };

  return (
    <ExpandableSection
      variant="footer"
      headerText={t.title}
      {...(isAsked(asked) ? { headerDescription: t.active(conditionsText(asked, t, codes)) } : {})}
      expanded={open}
      onChange={({ detail }) => setOpen(detail.expanded)}
    >
      {open && (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <SpaceBetween size="s">
            <SpaceBetween direction="horizontal" size="xs" alignItems="center">
              <Box color="text-body-secondary">{t.ready}</Box>
              {readySearchNames.map((name) => (
                <Button key={name} formAction="none" onClick={() => search(readySearches[name](new Date()))}>
                  {t.readyNames[name]}
                </Button>
              ))}
            </SpaceBetween>
            <div className="search-fields">
              {text("family", t.familyAdvice)}
              {text("given", t.givenAdvice)}
              {text("mail", t.mailAdvice)}
              {days("requested")}
              {days("issued")}
              {days("ends")}
            </div>
            {ticks("status", statusOrder, (code) => t.statuses[code])}
            {ticks("device", deviceOrder, (code) => codes.devices[code])}
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="primary" formAction="submit">
                {t.search}
              </Button>
              <Button formAction="none" onClick={() => (isAsked(asked) ? search({}) : setTyped({}))}>
                {t.clear}
              </Button>
            </SpaceBetween>
          </SpaceBetween>
        </form>
      )}
    </ExpandableSection>
  );
}
