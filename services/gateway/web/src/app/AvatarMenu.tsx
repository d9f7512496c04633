/** The account menu, loaded after the page: it is the first thing that needs floating panels. */
import { lazy, Suspense } from "react";

import classes from "./Shell.module.css";

const AccountMenu = lazy(async () => ({ default: (await import("./AccountMenu")).AccountMenu }));

export function AvatarMenu() {
  return <Suspense fallback={<span className={classes["avatar"]} />}><AccountMenu /></Suspense>;
}
