import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { type MetricName, metricNamespace, metricService } from "../contract/metrics.ts";

const metrics = new Metrics({ namespace: metricNamespace, serviceName: metricService });

/**
 * Counts one event for the alarms, as a line in CloudWatch's embedded metric format: no call to CloudWatch is made.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function count(name: MetricName, dimensions: Readonly<Record<string, string>> = {}): void {
  const single = metrics.singleMetric();
  single.addDimensions({ ...dimensions });
  single.addMetric(name, MetricUnit.Count, 1);
}
