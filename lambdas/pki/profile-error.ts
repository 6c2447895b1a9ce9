/** A value that the certificate profile does not allow; `rule` is a stable word for it, `detail` names place and remedy. */
export class ProfileError extends Error {
  override readonly name = "ProfileError";
  readonly rule: string;
  readonly detail: string;

  constructor(rule: string, detail: string) {
    super(`${rule}: ${detail}`);
    this.rule = rule;
    this.detail = detail;
  }
}
