import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { useId, useState } from "react";
import { periodKind } from "../../../lambdas/contract/period.ts";
import type { Service } from "../../../lambdas/contract/shapes.ts";
import { useWords } from "../frame/contexts.ts";
import { openFields, type OrderField, type OrderValues, readAs } from "./fields.ts";
import { optionWords } from "./words.ts";

type Props = {
  readonly service: Pick<Service, "options" | "subjectOrganizations">;
  /** Every device has the same fields: for a screen reader only the device's name distinguishes them. */
  readonly device: string;
  readonly values: OrderValues;
  readonly change: (name: OrderField, value: string) => void;
  readonly leave: (name: OrderField, value: string) => void;
  readonly errorAt: (name: OrderField) => string | undefined;
};

/** The fields of one certificate, by the options of its service: one row of the form for each option. */
export function OptionFields(props: Props) {
  const open = openFields(props.service.options);
  const rows = [["certificateEmail"], ["from", "to"], ["organization", "unit1", "unit2"]] as const;
  return (
    <div className="option-fields">
      {rows.map((row) => {
        const fields = row.filter((name) => open.includes(name));
        if (fields.length === 0) return null;
        return (
          <div key={row[0]} className={`option-row option-row-${fields.length}`}>
            {fields.map((name) =>
              name === "certificateEmail" ? (
                <SubMail key={name} {...props} />
              ) : name === "organization" ? (
                <OrganizationField key={name} {...props} />
              ) : (
                <TextField key={name} name={name} {...props} />
              ),
            )}
          </div>
        );
      })}
    </div>
  );
}

function TextField({ name, service, device, values, change, leave, errorAt }: Props & { readonly name: OrderField }) {
  const t = useWords(optionWords);
  const id = useId();
  const error = errorAt(name);
  const forms = periodKind(service.options) === "time" ? t.moment : t.date;
  const advice =
    name === "from" || name === "to" ? forms[name] : name === "certificateEmail" ? t.mailAdvice : t.unitAdvice;
  return (
    <div data-field={id}>
      <FormField label={t.fields[name]} constraintText={advice} {...(error ? { errorText: error } : {})}>
        <Input
          value={values[name]}
          ariaLabel={`${device} ${t.fields[name]}`}
          autoComplete={false}
          spellcheck={false}
          disableBrowserAutocorrect
          {...(name === "certificateEmail" ? { inputMode: "email" as const } : {})}
          onChange={({ detail }) => change(name, detail.value)}
          onBlur={() => {
            const value = readAs(name, values[name]);
            if (value !== values[name]) change(name, value);
            leave(name, value);
          }}
        />
      </FormField>
    </div>
  );
}

/** サブメール: an address of the device's own, which most devices do not have. */
function SubMail(props: Props) {
  const t = useWords(optionWords);
  const [open, setOpen] = useState(props.values.certificateEmail !== "");
  const toggle = () => {
    if (open) props.change("certificateEmail", "");
    setOpen(!open);
  };
  const word = open ? t.removeMail : t.addMail;
  return (
    <div>
      {open && <TextField {...props} name="certificateEmail" />}
      <Button variant="inline-link" formAction="none" ariaLabel={`${props.device} ${word}`} onClick={toggle}>
        {word}
      </Button>
    </div>
  );
}

/** The company's own O, or one of those that are listed. */
function OrganizationField({ service, device, values, change, errorAt }: Props) {
  const t = useWords(optionWords);
  const error = errorAt("organization");
  const [own = "", ...listed] = service.subjectOrganizations;
  const options = [own, ...listed].map((value) => ({ value, label: value }));
  const chosen = values.organization || own;
  return (
    <div data-field="organization">
      <FormField label={t.fields.organization} {...(error ? { errorText: error } : {})}>
        <Select
          ariaLabel={`${device} ${t.fields.organization}`}
          selectedOption={{ value: chosen, label: chosen }}
          options={options}
          onChange={({ detail }) => {
            const { value = "" } = detail.selectedOption;
            change("organization", value === own ? "" : value);
          }}
          expandToViewport
        />
      </FormField>
    </div>
  );
}
