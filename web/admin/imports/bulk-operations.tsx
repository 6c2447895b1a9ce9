import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { useLocation } from "wouter";
import { importKinds, importOperations } from "../../../lambdas/contract/imports.ts";
import type { Service } from "../../../lambdas/contract/shapes.ts";
import { useWords } from "../frame/contexts.ts";
import type { OrganizationPath } from "../subscribers/organization-path.ts";
import { jobsAddress, windowAddress } from "./addresses.ts";
import { importWords } from "./words.ts";

/** ▼一括操作 over a list: each command that this service allows, with its [実行]. */
export function BulkOperations({ ids, service }: { readonly ids: OrganizationPath; readonly service: Service }) {
  const t = useWords(importWords);
  const [, navigate] = useLocation();
  const allowed = importOperations.filter((operation) => service.issuing || !importKinds[operation].issuing);
  return (
    <ExpandableSection headerText={t.bulk} variant="footer">
      <ul className="commands">
        {allowed.map((operation) => (
          <Command
            key={operation}
            name={t.commands[operation]}
            advice={t.commandAdvice[operation]}
            action={t.run}
            label={t.runCommand(t.commands[operation])}
            follow={() => navigate(windowAddress(operation, ids))}
          />
        ))}
        <Command
          name={t.status}
          advice={t.statusAdvice}
          action={t.show}
          label={t.showStatus}
          follow={() => navigate(jobsAddress)}
        />
      </ul>
    </ExpandableSection>
  );
}

type CommandProps = {
  readonly name: string;
  readonly advice: string;
  readonly action: string;
  /** The button's name for those who do not see its line. */
  readonly label: string;
  readonly follow: () => void;
};

function Command({ name, advice, action, label, follow }: CommandProps) {
  return (
    <li>
      <span>
        <Box variant="strong">{name}</Box>
        <Box color="text-body-secondary">{advice}</Box>
      </span>
      <Button ariaLabel={label} onClick={follow}>
        {action}
      </Button>
    </li>
  );
}
