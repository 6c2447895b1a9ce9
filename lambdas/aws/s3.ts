import { S3Client } from "@aws-sdk/client-s3";

/** Takes region, credentials and endpoint from the environment: nothing here knows where it runs. */
export const s3 = () => new S3Client({});
