/** The page at work in a text project: one text, its labels, actions, keys. */
import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { ShownLabel } from "../../../annotator/labels";
import type { LabelingSession } from "../../../labeling/session";
import type { Snapshot } from "../../../labeling/snapshot";
import { ActionBar } from "../ActionBar";
import { useWorkKeys } from "../useWorkKeys";
import { useFont } from "./font";
import { TextDesk } from "./TextDesk";
import { TextTools } from "./TextTools";
import stage from "../Labeling.module.css";

interface Props {
  session: LabelingSession;
  snapshot: Snapshot;
  labels: readonly ShownLabel[];
  onBack: () => void;
  onInstructions: () => void;
}

export function TextWorkbench({ session, snapshot, labels, onBack, onInstructions }: Props) {
  const { t } = useTranslation();
  const choice = useFont();
  const [item] = snapshot.items;
  const choose = (label: string) => void session.choose(label);
  const skip = () => session.skip();
  const zoom = { in: () => choice.larger?.(), out: () => choice.smaller?.(), fit: choice.usual };
  useWorkKeys({ session, snapshot, labels, columns: 1, zoom, choose, skip, onBack, onInstructions });
  if (!item) return null;
  return (
    <div className={stage["bench"]}>
      <TextDesk item={item} page={snapshot.log.page} labels={labels} font={choice.font} run={(command) => session.do(command)} onChoose={choose}>
        {snapshot.paused && <Alert color="yellow" role="status" py="xs">{t("labeling.paused")}</Alert>}
      </TextDesk>
      <ActionBar session={session} snapshot={snapshot} onSkip={skip} onBack={onBack}><TextTools choice={choice} /></ActionBar>
    </div>
  );
}
