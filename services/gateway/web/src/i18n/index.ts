/** Languages of the UI. A language is one folder beside `en` and one line here. */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";

import { en } from "./en";

export const LANGUAGES = { en: "English" } as const;
export type Language = keyof typeof LANGUAGES;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

const STORED = "labelbus.language";

export function startLanguage(): void {
  void i18next.use(initReactI18next).init({
    resources: { en: { translation: en } },
    lng: localStorage.getItem(STORED) ?? "en",
    fallbackLng: "en",
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

export function setLanguage(language: Language): void {
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}
