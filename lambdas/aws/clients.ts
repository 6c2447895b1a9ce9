import { S3Client } from "@aws-sdk/client-s3";
import { SESClient } from "@aws-sdk/client-ses";

/** Clients take region, credentials and endpoints from the environment: nothing here knows where it runs. */
export const s3 = () => new S3Client({});
export const ses = () => new SESClient({});
