import ContentLayout from "@cloudscape-design/components/content-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useSpeech, useWords } from "../frame/contexts.ts";
import { Heading } from "../frame/heading.tsx";
import { useUnsaved } from "../frame/unsaved.tsx";
import type { Place, OrganizationPath } from "../subscribers/organization-path.ts";
import { type StepName, stepAddress } from "./addresses.ts";
import { ConfirmStep } from "./confirm-step.tsx";
import { DoneStep } from "./done-step.tsx";
import { check, type Draft, emptyDraft, isSameDraft, noRefusals, spelledIn, withoutDevices } from "./draft.ts";
import { InputStep } from "./input-step.tsx";
import { keep, readKept } from "./kept.ts";
import { useDecision } from "./decision.ts";
import { StepList } from "./step-list.tsx";
import { registrationWords } from "./words.ts";

type Props = { readonly ids: OrganizationPath; readonly place: Place; readonly step: StepName };

/** Input, confirmation, completion, each at its own address; what was typed outlives Back, Forward and a reload. */
export function RegistrationSteps({ ids, place, step }: Props) {
  const t = useWords(registrationWords);
  const { language } = useSpeech();
  const [, navigate] = useLocation();
  const [found] = useState(() => readKept(ids));
  const [draft, setDraft] = useState<Draft>(found.draft ?? emptyDraft);
  const [begun, setBegun] = useState<Draft>(emptyDraft);
  const [registered, setRegistered] = useState(found.registered);
  const [refused, setRefused] = useState(noRefusals);
  /** Each beginning is a form of its own, without the errors of the one before. */
  const [round, setRound] = useState(0);
  const [now] = useState(() => new Date());
  const touched = !isSameDraft(draft, begun);
  const { registration } = check(draft, place.service.options, now);
  const shown = (step === "confirm" && !registration) || (step === "done" && !registered) ? "input" : step;
  const go = (to: StepName, replace = false) => navigate(stepAddress(ids, to), { replace });

  const write = (next: Draft) => {
    setDraft(next);
    keep(ids, { draft: isSameDraft(next, emptyDraft) ? undefined : next });
  };
  const begin = (from: Draft) => {
    setBegun(from);
    write(from);
    setRefused(noRefusals);
    setRound((before) => before + 1);
  };
  const leave = useUnsaved(shown !== "done" && touched, { discard: () => begin(emptyDraft), kept: true });
  const { decide, sending } = useDecision(ids, place, {
    done: (outcome) => {
      begin(emptyDraft);
      keep(ids, { registered: outcome });
      setRegistered(outcome);
      go("done", true);
    },
    refuse: (refusals) => {
      setRefused(refusals);
      toInput();
    },
  });
  const toInput = () => {
    // The way back is the way that was come, where there is one: else it would stand twice in the browser's history.
    if (history.state === fromInput) history.back();
    else go("input", true);
  };

  useEffect(() => {
    if (shown !== step) go("input", true);
  }, [shown, step]);

  return (
    <ContentLayout
      header={
        <Heading
          key={shown}
          title={t.title[shown]}
          description={
            shown === "done" &&
            registered &&
            t.person(spelledIn(language, registered.person), registered.person.primaryEmail)
          }
        />
      }
    >
      <SpaceBetween size="l">
        <StepList current={shown} />
        {shown === "input" && (
          <InputStep
            key={round}
            place={place}
            draft={draft}
            restored={found.draft !== undefined && isSameDraft(draft, found.draft)}
            change={write}
            empty={() => leave(() => begin(emptyDraft))}
            refused={refused}
            forgive={setRefused}
            confirm={() => navigate(stepAddress(ids, "confirm"), { state: fromInput })}
          />
        )}
        {shown === "confirm" && registration && (
          <ConfirmStep
            place={place}
            registration={registration}
            sending={sending}
            back={toInput}
            decide={() => void decide(registration, draft)}
          />
        )}
        {shown === "done" && registered && (
          <DoneStep
            certificates={registered.certificates}
            another={() => {
              begin(emptyDraft);
              go("input");
            }}
            samePerson={() => {
              begin(withoutDevices(registered.person));
              go("input");
            }}
            close={() => navigate(`/subscribers/${ids.serviceId}/${ids.organizationId}`)}
          />
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}

/** What the browser's history keeps with a confirmation that was reached from the input. */
const fromInput = "warifu.registration.input";
