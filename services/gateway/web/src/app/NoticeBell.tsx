/** The notification area, loaded after the page. */
import { lazy, Suspense } from "react";

import classes from "./Shell.module.css";

const NoticeMenu = lazy(async () => ({ default: (await import("../notices/NoticeMenu")).NoticeMenu }));

export function NoticeBell() {
  return <Suspense fallback={<span className={classes["avatar"]} />}><NoticeMenu /></Suspense>;
}
