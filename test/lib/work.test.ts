import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { metricNamespace, metricService } from "../../lambdas/contract/metrics.ts";
import { environments } from "../../lambdas/environment.ts";
import { referenced, resourcesOf, synthesize } from "./synthesize.ts";

const template = synthesize();
const property = (id: string, name: string) => template.Resources[id]?.Properties[name];
const sources = resourcesOf(template, "AWS::Lambda::EventSourceMapping").map(([, properties]) => ({
  queue: referenced(properties["EventSourceArn"])[0] ?? "",
  function: referenced(properties["FunctionName"])[0] ?? "",
  batch: properties["BatchSize"],
  partial: properties["FunctionResponseTypes"],
  most: (properties["ScalingConfig"] as { MaximumConcurrency: number } | undefined)?.MaximumConcurrency,
}));

describe("every function", () => {
  const functions = resourcesOf(template, "AWS::Lambda::Function");
  const pascal = (entry: string) => entry.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

  it("is an entry of lambdas, and every entry is a function", () => {
    const expected = Object.keys(environments).map((entry) => `${pascal(entry)}Function`);
    expect(functions.map(([id]) => id).toSorted()).toEqual(expected.toSorted());
  });

  it.each(Object.entries(environments))("%s is given exactly the environment that it reads", (entry, names) => {
    const { Variables } = property(`${pascal(entry)}Function`, "Environment") as { Variables: Record<string, unknown> };
    expect(Object.keys(Variables).toSorted()).toEqual([...names].toSorted());
  });

  it("is given what the names say", () => {
    for (const [id, { Environment }] of functions) {
      for (const [name, value] of Object.entries((Environment as { Variables: Record<string, unknown> }).Variables)) {
        if (name === "DEAD_LETTER_QUEUES") continue;
        const kind = /_(TABLE|QUEUE|BUCKET|KEY)$/.exec(name);
        if (kind === null) continue;
        const resource = name.toLowerCase().replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
        expect([id, name, referenced(value)]).toEqual([id, name, [resource]]);
      }
    }
  });

  it("runs on Node 24 and ARM, with a log that ends and goes with the stack", () => {
    for (const [, properties] of functions) {
      expect(properties).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"], Handler: "index.handler" });
      const [log = ""] = referenced((properties["LoggingConfig"] as { LogGroup: unknown }).LogGroup);
      expect(template.Resources[log]).toMatchObject({ DeletionPolicy: "Delete", Properties: { RetentionInDays: 180 } });
    }
  });

  it("has a name of ours only where a command calls it", () => {
    expect(functions.filter(([, { FunctionName }]) => FunctionName !== undefined)).toEqual([
      [
        "OperatorFunction",
        expect.objectContaining({ FunctionName: { "Fn::Join": ["", [{ Ref: "AWS::StackName" }, "-operator"]] } }),
      ],
    ]);
  });
});

describe("every queue with a consumer", () => {
  it("is one of the nine, consumed as its function can bear", () => {
    const partial = ["ReportBatchItemFailures"];
    expect(sources.toSorted((a, b) => (a.queue < b.queue ? -1 : 1))).toEqual([
      { queue: "AdministratorsIssuanceQueue", function: "AdministratorsIssuerFunction", batch: 10, partial, most: 2 },
      {
        queue: "AdministratorsPublicationQueue",
        function: "AdministratorsCrlPublisherFunction",
        batch: 100,
        partial,
        most: 2,
      },
      { queue: "ImportQueue", function: "ImporterFunction", batch: 1, partial, most: 5 },
      { queue: "IssuanceQueue", function: "IssuerFunction", batch: 10, partial, most: 10 },
      { queue: "MailQueue", function: "MailerFunction", batch: 10, partial, most: 2 },
      { queue: "NightlyQueue", function: "NightlyFunction", batch: 1, partial, most: 5 },
      { queue: "PackageQueue", function: "PackagerFunction", batch: 1, partial, most: 2 },
      { queue: "PublicationQueue", function: "CrlPublisherFunction", batch: 100, partial, most: 2 },
      { queue: "RowQueue", function: "RowWorkerFunction", batch: 10, partial, most: 5 },
    ]);
  });

  it("keeps the concurrency of what issues, revokes and publishes, where the account has enough", () => {
    const kept = sources.filter(({ function: id }) => property(id, "ReservedConcurrentExecutions") !== undefined);
    expect(kept.map(({ function: id }) => id).toSorted()).toEqual([
      "AdministratorsCrlPublisherFunction",
      "AdministratorsIssuerFunction",
      "CrlPublisherFunction",
      "IssuerFunction",
      "NightlyFunction",
    ]);
    for (const { function: id, most } of kept) {
      expect(property(id, "ReservedConcurrentExecutions")).toEqual({
        "Fn::If": ["KeepsConcurrency", most, { Ref: "AWS::NoValue" }],
      });
    }
    // Lambda refuses reservations that leave less than 100; docs/deploy.md asks for a quota of 200.
    const total = kept.reduce((sum, { most }) => sum + Number(most), 0);
    expect(total).toBeLessThanOrEqual(100);
  });

  it.each(sources)("$queue hides a message six times as long as $function may take", ({ queue, function: id }) => {
    expect(property(queue, "VisibilityTimeout")).toBeGreaterThanOrEqual(6 * Number(property(id, "Timeout")));
  });

  it.each(sources)("$queue gives up after five tries, keeps the message two weeks and raises an alarm", ({ queue }) => {
    const dead = queue.replace("Queue", "DeadLetters");
    expect(property(queue, "RedrivePolicy")).toEqual({
      deadLetterTargetArn: { "Fn::GetAtt": [dead, "Arn"] },
      maxReceiveCount: 5,
    });
    expect(property(dead, "MessageRetentionPeriod")).toBe(14 * 24 * 3600);
    expect(template.Resources[`${dead}Alarm`]?.Properties).toMatchObject({
      MetricName: "ApproximateNumberOfMessagesVisible",
      Dimensions: [{ Name: "QueueName", Value: { "Fn::GetAtt": [dead, "QueueName"] } }],
      Threshold: 1,
      EvaluationPeriods: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      AlarmActions: [{ Ref: "AlarmTopic" }],
    });
  });

  it("is encrypted and refuses plain http", () => {
    for (const [id, properties] of resourcesOf(template, "AWS::SQS::Queue")) {
      expect(properties["SqsManagedSseEnabled"]).toBe(true);
      const policy = resourcesOf(template, "AWS::SQS::QueuePolicy").find(
        ([, { Queues }]) => referenced(Queues)[0] === id,
      );
      expect(JSON.stringify(policy?.[1]["PolicyDocument"])).toContain('"aws:SecureTransport":"false"');
    }
  });
});

describe("every alarm", () => {
  it("says who is hurt, and tells the topic that CloudWatch may publish to", () => {
    for (const [, properties] of resourcesOf(template, "AWS::CloudWatch::Alarm")) {
      expect(String(properties["AlarmDescription"]).length).toBeGreaterThan(30);
      expect(properties["AlarmActions"]).toEqual([{ Ref: "AlarmTopic" }]);
    }
    const [policy] = resourcesOf(template, "AWS::SNS::TopicPolicy");
    expect(JSON.stringify(policy?.[1]["PolicyDocument"])).toContain('"Service":"cloudwatch.amazonaws.com"');
  });

  it("has a heading in the runbook, which has no other", () => {
    const alarms = resourcesOf(template, "AWS::CloudWatch::Alarm");
    const headings = readFileSync("docs/runbook.md", "utf8").match(/^## .+$/gm);
    expect(headings?.toSorted()).toEqual(alarms.map(([id]) => `## ${id}`).toSorted());
    for (const [id, { AlarmDescription }] of alarms)
      expect(AlarmDescription).toMatch(new RegExp(` Runbook: docs/runbook\\.md#${id.toLowerCase()}$`));
  });

  it("takes a CRL that differs from the ledger for one, from what the publisher counts", () => {
    expect(template.Resources["CrlDifferenceAlarm"]?.Properties).toMatchObject({
      MetricName: "CrlDiffersFromLedger",
      Namespace: metricNamespace,
      Dimensions: [{ Name: "service", Value: metricService }],
      Statistic: "Sum",
      Threshold: 1,
      EvaluationPeriods: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
    });
  });

  it("takes missing CRL publications for bad news", () => {
    expect(template.Resources["CrlAgeAlarm"]?.Properties).toMatchObject({
      TreatMissingData: "breaching",
      ComparisonOperator: "LessThanThreshold",
      Threshold: 1,
    });
  });
});

describe("the clock", () => {
  const schedule = (id: string) => {
    const target = property(id, "Target") as { Arn: unknown; Input: string };
    return [property(id, "ScheduleExpression"), referenced(target.Arn)[0], JSON.parse(target.Input)] as const;
  };

  it.each([
    ["NightlySchedule", "cron(0 0 * * ? *)", "Asia/Tokyo"],
    ["CatchUpSchedule", "rate(1 hour)", undefined],
  ])("has %s ask for what is due by then: %s", (id, expression, zone) => {
    const due = { task: "nightly", at: "<aws.scheduler.scheduled-time>" };
    expect(schedule(id)).toEqual([expression, "NightlyQueue", due]);
    if (zone !== undefined) expect(property(id, "ScheduleExpressionTimezone")).toBe(zone);
  });

  it("sweeps every five minutes", () => {
    expect(schedule("SweepSchedule")).toEqual(["rate(5 minutes)", "NightlyQueue", { task: "sweep" }]);
  });

  it.each([
    ["Subscribers", "subscribers", "PublicationQueue"],
    ["Administrators", "administrators", "AdministratorsPublicationQueue"],
  ])("has the CRL of the %s signed again every hour, and looked at every minute", (name, issuer, queue) => {
    expect(schedule(`Resign${name}Schedule`)).toEqual(["rate(1 hour)", queue, { issuer, reason: "hourly" }]);
    expect(schedule(`Watch${name}CrlSchedule`)).toEqual(["rate(1 minute)", queue, { task: "watch" }]);
  });

  it("has the root CRL signed again every month, in Japan's time", () => {
    expect(schedule("RootCrlSchedule")).toEqual(["cron(0 3 1 * ? *)", "BootstrapFunction", { task: "root-crl" }]);
    expect(property("RootCrlSchedule", "ScheduleExpressionTimezone")).toBe("Asia/Tokyo");
  });

  it("has the audit's last day archived every night, when it is over in UTC", () => {
    expect(schedule("AuditExportSchedule")).toEqual(["cron(45 0 * * ? *)", "AuditExporterFunction", {}]);
    expect(property("AuditExportSchedule", "ScheduleExpressionTimezone") ?? "Etc/UTC").toBe("Etc/UTC");
  });

  it("does nothing else", () => {
    expect(resourcesOf(template, "AWS::Scheduler::Schedule")).toHaveLength(9);
  });
});
