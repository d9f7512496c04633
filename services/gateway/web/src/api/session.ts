/** Who is signed in, and how one gets in and out. */
import { queryOptions, useQuery } from "@tanstack/react-query";

import { get, patch, post, remove } from "./http";
import { ApiError } from "./problem";
import { queries } from "./queries";
import type { Permission, Session, User } from "./types";

export const PASSWORD_CHARS = 10;

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await get<Session>("/session");
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

export function useSession(): Session | null {
  return useQuery(sessionQuery).data ?? null;
}

export function useMay(permission: Permission): boolean {
  return useSession()?.permissions.includes(permission) ?? false;
}

const signedIn = new Set<() => void>();

/** Told of each sign-in, also of the one over a page whose sign-in had ended. */
export function onSignedIn(listener: () => void): () => void {
  signedIn.add(listener);
  return () => signedIn.delete(listener);
}

function keep(session: Session): Session {
  queries.setQueryData(sessionQuery.queryKey, session);
  for (const listener of signedIn) listener();
  return session;
}

export async function signIn(email: string, password: string): Promise<Session> {
  await post("/session", { email, password });
  return keep(await get<Session>("/session"));
}

export interface FirstSignIn {
  token: string;
  name?: string;
  email?: string;
  password?: string;
}

/** Uses a one-time link up. Refused as `link_incomplete`, with the link still good, while something that it needs is missing. */
export async function redeemLink(first: FirstSignIn): Promise<Session> {
  await post("/session/link", first);
  return keep(await get<Session>("/session"));
}

export interface Held {
  client: string | null;
  pages: { project: string; token: string }[];
}

/** Ends the session and gives the pages of this tab back. */
export async function signOut({ client, pages }: Held): Promise<void> {
  await remove("/session", undefined, client ? { client, pages } : {});
  queries.clear();
}

export const changeMe = (change: { name?: string; password?: { old: string; new: string } }): Promise<User> => patch<User>("/me", change);
