import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import type { Device } from "../../../lambdas/contract/fields.ts";
import type { Service } from "../../../lambdas/contract/shapes.ts";
import { useWords } from "../frame/contexts.ts";
import { OptionFields } from "../options/option-fields.tsx";
import { codeWords, deviceOrder } from "../words.ts";
import type { Draft, FieldName } from "./draft.ts";
import { registrationWords } from "./words.ts";

type Props = {
  readonly service: Service;
  readonly draft: Draft;
  readonly edit: (name: FieldName, draft: Draft) => void;
  readonly leave: (name: FieldName, value: string) => void;
  readonly errorAt: (name: FieldName) => string | undefined;
};

/** 利用デバイス: a tick per device, and under a ticked one what may be said of its certificate. */
export function DeviceFields({ service, draft, edit, leave, errorAt }: Props) {
  const t = useWords(registrationWords);
  const codes = useWords(codeWords);
  const error = errorAt("devices");
  const change = (name: FieldName, device: Device, part: Partial<Draft["devices"][Device]>) =>
    edit(name, { ...draft, devices: { ...draft.devices, [device]: { ...draft.devices[device], ...part } } });

  return (
    <div data-field="devices" data-error={error !== undefined}>
      <FormField label={t.devices} description={t.devicesAdvice} stretch {...(error ? { errorText: error } : {})}>
        <div role="group" aria-label={t.devices} className="devices">
          {deviceOrder.map((device) => (
            <div key={device} className="devices-one">
              <ChoiceField
                name={codes.devices[device]}
                chosen={draft.devices[device].chosen}
                error={errorAt(device)}
                choose={(chosen) => change(device, device, { chosen })}
              />
              {draft.devices[device].chosen && (
                <OptionFields
                  service={service}
                  device={codes.devices[device]}
                  values={draft.devices[device]}
                  change={(name, value) => change(`${device}.${name}`, device, { [name]: value })}
                  leave={(name, value) => leave(`${device}.${name}`, value)}
                  errorAt={(name) => errorAt(`${device}.${name}`)}
                />
              )}
            </div>
          ))}
        </div>
      </FormField>
    </div>
  );
}

type ChoiceProps = {
  readonly name: string;
  readonly chosen: boolean;
  /** What the server has against this device, while it is still chosen. */
  readonly error: string | undefined;
  readonly choose: (chosen: boolean) => void;
};

function ChoiceField({ name, chosen, error, choose }: ChoiceProps) {
  return (
    <div data-field={name} data-error={error !== undefined}>
      <FormField stretch {...(error ? { errorText: error } : {})}>
        <Checkbox checked={chosen} onChange={({ detail }) => choose(detail.checked)}>
          {name}
        </Checkbox>
      </FormField>
    </div>
  );
}
