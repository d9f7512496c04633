/** Copies a value, also where the page came by plain http from another machine and browsers hide their clipboard. */
import { notifications } from "@mantine/notifications";
import copyText from "copy-to-clipboard";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

const SHOWN_MS = 2_000;

interface Props {
  value: string;
  /** Draws the button. `copied` is true for a moment. */
  children: (state: { copied: boolean; copy: () => void }) => ReactNode;
}

export function Copying({ value, children }: Props) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = window.setTimeout(() => setCopied(false), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    void copyText(value).then((done) => {
      if (done) setCopied(true);
      else notifications.show({ color: "red", message: t("common.copyRefused") });
    });
  return children({ copied, copy });
}
