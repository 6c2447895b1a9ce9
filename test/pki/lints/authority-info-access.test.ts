import { AccessDescription, AuthorityInfoAccessSyntax, GeneralName } from "@peculiar/asn1-x509";
import { authorityInfoAccess } from "../../../lambdas/pki/lints/authority-info-access.ts";
import { oid } from "../../../lambdas/pki/oids.ts";
import { altered, goodIssuing, goodLeaf, provesRule, removeExtension, setExtension } from "./fixture.ts";

const description = (accessMethod: string, url = "http://crl.example.jp/a.cer") =>
  new AccessDescription({ accessMethod, accessLocation: new GeneralName({ uniformResourceIdentifier: url }) });
const access = (accessMethod: string, url: string) => () =>
  altered(goodLeaf(), (tbs) =>
    setExtension(tbs, oid.authorityInfoAccess, new AuthorityInfoAccessSyntax([description(accessMethod, url)])),
  );

provesRule(
  authorityInfoAccess,
  {},
  {
    https: access(oid.caIssuers, "https://crl.example.jp/a.cer"),
    "an OCSP responder that does not exist": access("1.3.6.1.5.5.7.48.1", "http://ocsp.example.jp/"),
    "two descriptions": () =>
      altered(goodLeaf(), (tbs) =>
        setExtension(
          tbs,
          oid.authorityInfoAccess,
          new AuthorityInfoAccessSyntax([description(oid.caIssuers), description(oid.caIssuers)]),
        ),
      ),
    "an issuing authority without it": () =>
      altered(goodIssuing, (tbs) => removeExtension(tbs, oid.authorityInfoAccess)),
  },
);
