import Checkbox from "@cloudscape-design/components/checkbox";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useId } from "react";
import type { Device } from "../../../lambdas/contract/fields.ts";
import { periodKind } from "../../../lambdas/contract/period.ts";
import type { ServiceOption } from "../../../lambdas/contract/shapes.ts";
import { useWords } from "../frame/contexts.ts";
import { codeWords, deviceOrder } from "../words.ts";
import type { Draft, FieldName } from "./draft.ts";
import { registrationWords } from "./words.ts";

type Props = {
  readonly options: readonly ServiceOption[];
  readonly draft: Draft;
  readonly edit: (name: FieldName, draft: Draft) => void;
  readonly leave: (name: FieldName, value: string) => void;
  readonly errorAt: (name: FieldName) => string | undefined;
};

/** 利用デバイス: a tick per device and, where the service has a period, its dates under a ticked one. */
export function DeviceFields({ options, draft, edit, leave, errorAt }: Props) {
  const t = useWords(registrationWords);
  const codes = useWords(codeWords);
  const period = periodKind(options);
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
              {period !== "none" && draft.devices[device].chosen && (
                <div className="devices-period">
                  <ColumnLayout columns={2}>
                    {(["from", "to"] as const).map((part) => (
                      <MomentField
                        key={part}
                        label={t[part]}
                        device={codes.devices[device]}
                        advice={(period === "time" ? t.momentExample : t.dateExample)[part]}
                        value={draft.devices[device][part]}
                        error={errorAt(`${device}.${part}`)}
                        change={(value) => change(`${device}.${part}`, device, { [part]: value })}
                        leave={() => leave(`${device}.${part}`, draft.devices[device][part])}
                      />
                    ))}
                  </ColumnLayout>
                </div>
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

type MomentProps = {
  readonly label: string;
  /** Every device has the same two fields: for a screen reader only the device's name distinguishes them. */
  readonly device: string;
  readonly advice: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly change: (value: string) => void;
  readonly leave: () => void;
};

function MomentField({ label, device, advice, value, error, change, leave }: MomentProps) {
  const id = useId();
  return (
    <div data-field={id}>
      <FormField label={label} constraintText={advice} {...(error ? { errorText: error } : {})}>
        <Input
          value={value}
          ariaLabel={`${device} ${label}`}
          inputMode="text"
          autoComplete={false}
          onChange={({ detail }) => change(detail.value)}
          onBlur={leave}
        />
      </FormField>
    </div>
  );
}
