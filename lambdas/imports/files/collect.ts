import { importLimits } from "../../contract/imports.ts";
import { tooLarge } from "./decode.ts";

/**
 * A stream's bytes, of which no more are taken than a file may have.
 *
 * @throws FileRefusal
 */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const taken: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > importLimits.bytes) throw tooLarge();
    taken.push(chunk);
  }
  return Buffer.concat(taken, length);
}
