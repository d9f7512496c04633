/** Top bar, the owners' rail, and the page between them. */
import { useTranslation } from "react-i18next";
import { Outlet } from "react-router";

import { useMay } from "../api/session";
import { Rail } from "./Rail";
import { ShortcutsDialog } from "./ShortcutsDialog";
import { TopBar } from "./TopBar";
import classes from "./Shell.module.css";

export function Shell() {
  const { t } = useTranslation();
  const owner = useMay("members/write");
  return (
    <div className={classes["shell"]} data-rail={owner || undefined}>
      <a className="skip-link" href="#content">{t("nav.skip")}</a>
      <TopBar />
      {owner && <Rail />}
      <main id="content" className={classes["content"]} tabIndex={-1}>
        <Outlet />
      </main>
      <ShortcutsDialog />
    </div>
  );
}
