/** Files that will be uploaded; only the rows in view are drawn. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { formatBytes } from "../../components/format";
import type { LocalFile } from "../../upload/files";
import type { FileState } from "../../upload/uploader";
import classes from "./Wizard.module.css";

const ROW = 30;

export function FileList({ files, states }: { files: readonly LocalFile[]; states?: readonly FileState[] }) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the list is drawn here and handed to nobody
  const rows = useVirtualizer({ count: files.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 8 });
  return (
    <div ref={scroller} className={classes["files"]} role="group" aria-label={t("wizard.data.files")} tabIndex={0}>
      <div style={{ position: "relative", height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const one = files[row.index];
          const state = states?.[row.index];
          return (
            <div key={row.key} className={classes["file"]} style={{ position: "absolute", insetInline: 0, transform: `translateY(${row.start}px)` }}>
              <span>{one?.path}</span>
              <span style={{ color: "var(--quiet)" }} className="numbers">{state ? t(`wizard.data.state.${state}`) : formatBytes(one?.file.size ?? 0)}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
