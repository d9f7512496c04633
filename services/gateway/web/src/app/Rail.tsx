/** The owners' navigation. A labeler has none. */
import { IconDatabase, IconFolders, IconSettings, IconUsers } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

import classes from "./Shell.module.css";

const PLACES = [
  { to: "/projects", text: "nav.projects", Icon: IconFolders },
  { to: "/datasets", text: "nav.datasets", Icon: IconDatabase },
  { to: "/people", text: "nav.people", Icon: IconUsers },
  { to: "/settings", text: "nav.settings", Icon: IconSettings },
] as const;

export function Rail() {
  const { t } = useTranslation();
  return (
    <nav className={classes["rail"]} aria-label={t("nav.label")}>
      {PLACES.map(({ to, text, Icon }) => (
        <NavLink key={to} to={to} className={classes["railLink"] ?? ""}>
          <Icon size={18} stroke={1.7} aria-hidden />
          {t(text)}
        </NavLink>
      ))}
    </nav>
  );
}
