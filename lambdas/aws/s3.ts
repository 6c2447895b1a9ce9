import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { clientSettings } from "./client-settings.ts";

/**
 * The signature covers what is sent, and TLS what is read. The SDK's checksums beside them would be in every link that is
 * handed out.
 */
export const s3 = (config: S3ClientConfig = {}): S3Client =>
  new S3Client({
    ...clientSettings(),
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...config,
  });
