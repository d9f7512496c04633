/** Bottom of the labeling page: back, skip, tools, undo, what is missing, Submit. */
import { Button, Divider, Kbd } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconHistory, IconPlayerSkipForward } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { canRedo, canUndo } from "../../annotator/log";
import { isComplete } from "../../annotator/page";
import { targets } from "../../annotator/selection";
import type { LabelingSession } from "../../labeling/session";
import type { Snapshot } from "../../labeling/snapshot";
import { BackKey } from "./BackKey";
import { useSubmitHint } from "./submit-hint";
import { ToolButton } from "./ToolButton";
import classes from "./Labeling.module.css";

interface Props {
  session: LabelingSession;
  snapshot: Snapshot;
  onSkip: () => void;
  onSubmit?: () => void;
  onBack: () => void;
  /** The tools of what is labeled. */
  children: ReactNode;
}

export function ActionBar({ session, snapshot, onSkip, onBack, onSubmit = () => session.submit(), children }: Props) {
  const { t } = useTranslation();
  const { log, selection, paused } = snapshot;
  const { page } = log;
  const single = page.items.length === 1;
  const chosen = single ? 0 : targets(selection, page.items).length;
  const complete = isComplete(page);
  const skipText = single ? t("labeling.skip") : chosen > 0 ? t("labeling.skipSelected", { count: chosen }) : t("labeling.skipPage");
  const hint = useSubmitHint(page);
  const still = (event: { preventDefault: () => void }) => event.preventDefault();
  return (
    <footer className={classes["actions"]}>
      <Button variant="subtle" color="gray" leftSection={<IconHistory size={17} />} rightSection={<BackKey task={page.task.type} />} onMouseDown={still} onClick={onBack}>{t("labeling.back")}</Button>
      <Button variant="default" leftSection={<IconPlayerSkipForward size={17} />} rightSection={<Kbd size="xs">{t("shortcuts.keys.s")}</Kbd>} disabled={paused} onMouseDown={still} onClick={onSkip}>{skipText}</Button>
      <div className={classes["middle"]}>
        {children}
        <Divider orientation="vertical" my={14} mx={4} />
        <ToolButton name={t("labeling.undo")} keys={t("shortcuts.keys.undo")} disabled={!canUndo(log)} onClick={() => session.undo()}><IconArrowBackUp size={18} /></ToolButton>
        <ToolButton name={t("labeling.redo")} keys={t("shortcuts.keys.redo")} disabled={!canRedo(log)} onClick={() => session.redo()}><IconArrowForwardUp size={18} /></ToolButton>
      </div>
      <span className={classes["hint"]} id="submit-hint" role="status">{hint}</span>
      <Button disabled={!complete || paused} aria-describedby="submit-hint" rightSection={<span className={classes["keys"]}>{t("labeling.submitKeys")}</span>} onMouseDown={still} onClick={onSubmit}>
        {t("labeling.submit")}
      </Button>
    </footer>
  );
}
