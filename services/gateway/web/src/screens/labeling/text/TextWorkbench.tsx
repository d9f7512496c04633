/** The page at work in a text project: one text, its labels, actions, keys. */
import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { ActionBar } from "../ActionBar";
import type { BenchProps } from "../bench-props";
import { useSkip } from "../useSkip";
import { useWorkKeys } from "../useWorkKeys";
import { useFont } from "./font";
import { TextDesk } from "./TextDesk";
import { TextTools } from "./TextTools";
import stage from "../Labeling.module.css";

export function TextWorkbench({ session, snapshot, labels, onBack, onInstructions }: BenchProps) {
  const { t } = useTranslation();
  const choice = useFont();
  const [item] = snapshot.items;
  const choose = (label: string) => void session.choose(label);
  const { skip, dialog } = useSkip(session, snapshot);
  const zoom = { in: () => choice.larger?.(), out: () => choice.smaller?.(), fit: choice.usual };
  useWorkKeys({ session, snapshot, labels, columns: 1, zoom, choose, skip, onBack, onInstructions });
  if (!item) return null;
  return (
    <div className={stage["bench"]}>
      <TextDesk item={item} page={snapshot.log.page} labels={labels} font={choice.font} run={(command) => session.do(command)} onChoose={choose}>
        {snapshot.paused && <Alert color="yellow" role="status" py="xs">{t("labeling.paused")}</Alert>}
      </TextDesk>
      <ActionBar session={session} snapshot={snapshot} onSkip={skip} onBack={onBack}><TextTools choice={choice} /></ActionBar>
      {dialog}
    </div>
  );
}
