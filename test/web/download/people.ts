import type { Api } from "./site.ts";

export const token = "k3Vw9-hZt_0123456789AbCd";
export const password = "xk7mq2pw9rtn4vbz";
export const id = "yamada-taro@mytest.example";

/** The browser of an iPhone. */
export const phone = {
  viewport: { width: 390, height: 844 },
  locale: "ja-JP",
  hasTouch: true,
  userAgent:
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Mobile/15E148 Safari/604.1",
} as const;

/** The API as one subscriber with an iPhone meets it. */
export const iphone = (url: string): Api => ({
  getBrand: () => ({ reply: { brand: "Warifu", repositoryUrl: "http://localhost:21190/" } }),
  revealNotice: (given) =>
    given.token === token
      ? {
          reply: {
            holder: "subscriber",
            id,
            password,
            until: "2026-12-06T03:00:00Z",
            device: "11",
          },
        }
      : { status: 404 },
  signIn: (given) =>
    given.id === id && given.password === password
      ? {
          reply: {
            holder: "subscriber",
            name: "山田 太郎",
            englishName: "Yamada Taro",
            certificateEmail: id,
            companyName: "令和証明書サービス",
            companyEnglishName: "Reiwa Certificate Service",
            device: "11",
            status: "issued",
            notAfter: "2031-11-22T14:59:59Z",
            fileName: "yamada-taro.p12",
          },
        }
      : { status: 403 },
  downloadCertificate: (given) =>
    given.id === id && given.password === password
      ? { reply: { url: `${url}store/certificate.p12`, fileName: "yamada-taro.p12", seconds: 60 } }
      : { status: 403 },
});
