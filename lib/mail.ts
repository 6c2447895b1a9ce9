import { Stack } from "aws-cdk-lib";
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  Identity,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import { withLogicalId } from "./logical-id.ts";
import type { Need } from "./needs.ts";

/** The address that notices come from, and how they are sent. */
export class Mail extends Construct {
  readonly configurationSet: ConfigurationSet;
  readonly #identity: EmailIdentity;
  readonly #sender: string;

  constructor(scope: Construct, id: string, sender: string) {
    super(scope, id);
    this.#sender = sender;
    this.configurationSet = withLogicalId(
      new ConfigurationSet(this, "Configuration", {
        reputationMetrics: true,
        suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
        // Mails carry link tokens, so one that cannot be sent encrypted is not sent.
        tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      }),
      "ConfigurationSet",
    );
    this.#identity = withLogicalId(
      new EmailIdentity(this, "Identity", {
        identity: Identity.email(sender),
        configurationSet: this.configurationSet,
      }),
      "SenderIdentity",
    );
  }

  /** To send from this address only. */
  get send(): Need {
    const configurationSet = Stack.of(this).formatArn({
      service: "ses",
      resource: "configuration-set",
      resourceName: this.configurationSet.configurationSetName,
    });
    return {
      value: this.#sender,
      rights: [
        {
          actions: ["ses:SendRawEmail"],
          resources: [this.#identity.emailIdentityArn, configurationSet],
          conditions: { StringEquals: { "ses:FromAddress": this.#sender } },
        },
      ],
    };
  }
}
