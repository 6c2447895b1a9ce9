/**
 * How servers let in one company's people alone, by program: lines of docs/relying-parties.md, which the tests hold them to
 * and try in the programs.
 */
export const serverExamples = {
  "nginx（発行者と組織名 / issuer and O）": String.raw`map "$ssl_client_i_dn $ssl_client_s_dn" $holder {
    default "";
    # issuer, then O, then at the very end the mail address
    "~^C=JP,O=Warifu,CN=Warifu Subscribers CA C=JP,O=Reiwa Certificate Service,.*,emailAddress=(?<mail>[^,=]+)$" $mail;
}`,
  "nginx, server": `    if ($holder = "") { return 403; }`,
  "OpenVPN, tls-verify（発行者と組織名 / issuer and O）": `#!/bin/sh
[ "$1" != 0 ] || { [ "$X509_1_CN" = 'Warifu Subscribers CA' ] && [ "$X509_0_O" = 'Reiwa Certificate Service' ]; }`,
  "OpenVPN, tls-export-cert, tls-verify（ポリシー / policy）": String.raw`#!/bin/sh
[ "$1" != 0 ] || openssl verify -CAfile /etc/openvpn/warifu/subscribers-chain.pem \
  -policy 2.999.1.7.60466175 -explicit_policy -policy_check "$peer_cert" > /dev/null`,
  "openssl（ポリシー / policy）": String.raw`openssl verify -CAfile subscribers-chain.pem -CRLfile subscribers-all.pem -crl_check_all -purpose sslclient \
  -policy 2.999.1.7.60466175 -explicit_policy -policy_check holder.pem`,
} as const;
