import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { serve } from "./server.ts";

// Writes transactions to the file in argv as fast as they are answered, and prints the number of each one that was.
const served = await serve({ file: process.argv[2] ?? "" });
for (let n = Number(process.argv[3]); ; n += 1) {
  const part = (id: string) => ({ Put: { TableName: "things", Item: { pk: String(n), sk: id, list: `list${n}` } } });
  const last = {
    Update: {
      TableName: "plain",
      Key: { id: "last" },
      UpdateExpression: "SET n = :n",
      ExpressionAttributeValues: { ":n": n },
    },
  };
  await served.documents.send(new TransactWriteCommand({ TransactItems: [part("a"), part("b"), part("c"), last] }));
  process.stdout.write(`${n}\n`);
}
