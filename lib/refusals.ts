import { Duration } from "aws-cdk-lib";
import { ComparisonOperator, Metric, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { type MetricName, metricNamespace, metricService, type WatchedRefusal } from "../lambdas/contract/metrics.ts";
import type { Alarms } from "./alarms.ts";

const metricName: MetricName = "Refused";
const period = Duration.minutes(5);
const log = (of: string) => `Look at ${of}'s log, lines with "refused": they name the addresses.`;

/** How many in five minutes are more than people's mistakes, and what that may be. */
const bursts: Readonly<Record<WatchedRefusal, { readonly threshold: number; readonly meaning: string }>> = {
  // A page makes a handful of requests; an administrator with an old certificate reloads it a few times.
  unauthenticated: {
    threshold: 50,
    meaning: `Somebody calls the admin site again and again with certificates that admit nobody: a revoked administrator, or a stolen key. ${log("AdminApiFunction")}`,
  },
  // Our own pages never cause one.
  forgery: {
    threshold: 10,
    meaning: `Another site's page makes administrators' browsers call the admin site, or a script calls without its headers. ${log("AdminApiFunction")}`,
  },
  // A company that is being rolled out mistypes some dozens; guessing over many IDs is hundreds.
  signInFailed: {
    threshold: 200,
    meaning: `IDs and passwords are tried on the download site. ${log("DownloadApiFunction")}`,
  },
  // Five tries are free, and then the page says how long to wait: people meet it once or twice.
  tooManyTries: {
    threshold: 50,
    meaning: `Somebody goes on trying passwords of one ID although they must wait: a script. ${log("DownloadApiFunction")}`,
  },
  // After a big rollout some open old mails.
  noticeUnknown: {
    threshold: 100,
    meaning: `Links of notice mails are guessed, or old ones are replayed. ${log("DownloadApiFunction")}`,
  },
  // A wrong clock or old credentials are one or two before they are mended.
  operatorIdentity: {
    threshold: 5,
    meaning: `The operator function is called by who cannot say by AWS's word who they are. ${log("OperatorFunction")}`,
  },
};

/** Alarms on bursts of refusals. */
export class Refusals extends Construct {
  constructor(scope: Construct, id: string, alarms: Alarms) {
    super(scope, id);
    for (const [kind, { threshold, meaning }] of Object.entries(bursts)) {
      alarms.add(`Refused${kind.charAt(0).toUpperCase()}${kind.slice(1)}Alarm`, {
        metric: new Metric({
          namespace: metricNamespace,
          metricName,
          dimensionsMap: { service: metricService, kind },
          statistic: Stats.SUM,
          period,
        }),
        threshold,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
        alarmDescription: meaning,
      });
    }
  }
}
