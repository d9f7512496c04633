/** The notices of the signed-in person. */
import { useSyncExternalStore } from "react";

import { useSession } from "../api/session";
import { type Notice, type Notices, noticesOf } from "./notices";

export function useNotices(): [Notices, readonly Notice[]] {
  const notices = noticesOf(useSession()?.user.id ?? "");
  return [notices, useSyncExternalStore(notices.subscribe, notices.all)];
}
