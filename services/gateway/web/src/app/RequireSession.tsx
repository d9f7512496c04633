/** Lets signed-in people through. When a sign-in ends later, a dialog opens over the page and the page stays. */
import { Center, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { Navigate, Outlet, useLocation } from "react-router";

import { liveEvents } from "../api/events";
import { whenSignedOut } from "../api/http";
import { sessionQuery } from "../api/session";
import { ErrorState } from "../components/ErrorState";
import { outbox } from "../labeling/outbox";

const ExpiredDialog = lazy(async () => ({ default: (await import("./ExpiredDialog")).ExpiredDialog }));

export function RequireSession() {
  const { data: session, error, isPending, refetch } = useQuery(sessionQuery);
  const location = useLocation();
  const [known, setKnown] = useState<string | null>(null);
  const [expired, setExpired] = useState(false);
  const user = session?.user.id;
  if (user && known !== user) setKnown(user);

  useEffect(() => whenSignedOut(() => setExpired(true)), []);
  useEffect(() => {
    if (!user) return undefined;
    liveEvents.start();
    void outbox.start(user);
    return () => liveEvents.stop();
  }, [user]);

  if (isPending) return <Center h="100vh"><Loader /></Center>;
  if (error) return <Center h="100vh"><ErrorState error={error} onRetry={() => void refetch()} /></Center>;
  if (!session && !known) {
    const next = location.pathname + location.search;
    return <Navigate to={next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`} replace />;
  }
  return (
    <>
      <Outlet />
      {(expired || !session) && known && <Suspense><ExpiredDialog user={known} onBack={() => setExpired(false)} /></Suspense>}
    </>
  );
}
