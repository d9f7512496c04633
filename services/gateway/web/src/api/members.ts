/** Members of a project: who has which role in it. */
import { queryOptions } from "@tanstack/react-query";

import { get, put, remove } from "./http";
import type { Listing, Member, Person, Role } from "./types";

export const membersQuery = (project: string) =>
  queryOptions({ queryKey: ["members", project], queryFn: ({ signal }) => get<Member[]>(`/projects/${project}/members`, undefined, signal) });

/** Most that one answer of the list of people holds. */
const PAGE = 200;

async function everybody(signal: AbortSignal): Promise<Person[]> {
  const found: Person[] = [];
  let cursor = "";
  do {
    const page = await get<Listing<Person>>("/people", { cursor, limit: PAGE }, signal);
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor);
  return found;
}

/** All people by name, to choose one from. Not below the key of their list, which holds pages. */
export const everybodyQuery = queryOptions({ queryKey: ["everybody"], queryFn: ({ signal }) => everybody(signal) });

export const putMember = (project: string, person: string, role: Role): Promise<unknown> => put(`/projects/${project}/members/${person}`, { role });
export const removeMember = (project: string, person: string): Promise<unknown> => remove(`/projects/${project}/members/${person}`);
