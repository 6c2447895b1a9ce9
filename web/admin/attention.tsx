import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useCallback } from "react";
import type { Service } from "../../lambdas/contract/shapes.ts";
import { useCall, useWords } from "./frame/contexts.ts";
import { ErrorAlert } from "./frame/error-alert.tsx";
import { useLoad } from "./frame/use-load.ts";
import { jobsAddress } from "./imports/addresses.ts";
import { topWords } from "./words.ts";

/** The part of a service's licences from whose use on it is time to order more. */
const nearlyAll = 0.9;

type Matter = {
  readonly type: StatusIndicatorProps.Type;
  readonly text: string;
  readonly link?: { readonly href: string; readonly text: string };
};

/** What asks for the administrator's attention: files under way, and services whose licences are nearly used. */
export function Attention({ services }: { readonly services: readonly Service[] }) {
  const t = useWords(topWords);
  const call = useCall();
  const [queue, again] = useLoad(useCallback((signal: AbortSignal) => call("getImportQueue", { signal }), [call]));
  const running = queue.state === "ready" ? queue.value.own.length : 0;
  const matters: readonly Matter[] = [
    ...services.flatMap((service) => licences(service, t)),
    ...(running > 0
      ? [
          {
            type: "in-progress",
            text: t.running(running),
            link: { href: `#${jobsAddress}`, text: t.toJobs },
          } as const,
        ]
      : []),
  ];
  return (
    <Container header={<Header variant="h2">{t.attention}</Header>}>
      {queue.state === "failed" && <ErrorAlert cause={queue.cause} again={again} />}
      <SpaceBetween size="xs">
        {matters.map(({ type, text, link }) => (
          <div key={text}>
            <StatusIndicator type={type}>{text}</StatusIndicator> {link && <Link href={link.href}>{link.text}</Link>}
          </div>
        ))}
      </SpaceBetween>
      {queue.state === "ready" && matters.length === 0 && <Box color="text-body-secondary">{t.noAttention}</Box>}
    </Container>
  );
}

function licences({ name, licences: all, licencesUsed: used }: Service, t: (typeof topWords)["ja"]): readonly Matter[] {
  if (all === 0 || used < all * nearlyAll) return [];
  const text =
    used < all
      ? t.licencesLeft(name, (all - used).toLocaleString("en"), all.toLocaleString("en"))
      : t.licencesGone(name, all.toLocaleString("en"));
  return [{ type: used < all ? "warning" : "error", text }];
}
