/** The tools at the left, each with its key; lock, hide and delete for all regions. */
import { IconEye, IconEyeOff, IconLock, IconLockOpen, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { toolKey } from "../../../annotator/keys";
import type { ToolName } from "../../../annotator/tools/tool";
import type { Annotator } from "../../../annotator/desk/annotator";
import type { AnnotatorState } from "../../../annotator/desk/state";
import { ToolKey } from "./ToolKey";
import { TOOL_ICONS } from "./tool-icons";
import classes from "./Regions.module.css";

interface Props {
  tools: readonly ToolName[];
  annotator: Annotator | null;
  state: AnnotatorState;
  /** Of all that is drawn. */
  count: number;
  /** All of it is hidden. */
  hidden: boolean;
  onRemoveAll: () => void;
  /** What a tool needs beside its button. */
  children?: ReactNode;
}

export function ToolBar({ tools, annotator, state, count, hidden, onRemoveAll, children }: Props) {
  const { t } = useTranslation();
  const allHidden = count > 0 && hidden;
  return (
    <aside className={classes["tools"]} aria-label={t("regions.tools")}>
      <div className={classes["toolbar"]} role="toolbar" aria-label={t("regions.tools")} aria-orientation="vertical">
        {tools.map((name) => {
          const Icon = TOOL_ICONS[name];
          return (
            <ToolKey key={name} name={t(`regions.tool.${name}`)} keys={toolKey(name)} pressed={state.tool === name} onClick={() => annotator?.setTool(name)}>
              <Icon size={21} stroke={1.7} />
            </ToolKey>
          );
        })}
        {children}
        <hr className={classes["rule"]} />
        <ToolKey name={t(state.lock ? "regions.unlock" : "regions.lock")} keys="L" pressed={state.lock} onClick={() => annotator?.toggleLock()}>
          {state.lock ? <IconLock size={20} stroke={1.7} /> : <IconLockOpen size={20} stroke={1.7} />}
        </ToolKey>
        <ToolKey name={t(allHidden ? "regions.showAll" : "regions.hideAll")} keys="V" pressed={allHidden} disabled={count === 0} onClick={() => annotator?.toggleAll()}>
          {allHidden ? <IconEyeOff size={20} stroke={1.7} /> : <IconEye size={20} stroke={1.7} />}
        </ToolKey>
        <ToolKey name={t("regions.removeAll")} keys="Shift + Del" disabled={count === 0} onClick={onRemoveAll}>
          <IconTrash size={20} stroke={1.7} />
        </ToolKey>
      </div>
    </aside>
  );
}
