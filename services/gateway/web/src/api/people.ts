/** People, their roles, and personal API tokens. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { get, patch, post, remove } from "./http";
import type { Listing, Person, Role, Token } from "./types";

const rows = <T>(answer: Listing<T> | T[]): T[] => (Array.isArray(answer) ? answer : answer.items);

export const peopleQuery = infiniteQueryOptions({
  queryKey: ["people"],
  queryFn: ({ pageParam, signal }) => get<Listing<Person>>("/people", { cursor: pageParam, limit: 100 }, signal),
  initialPageParam: "",
  getNextPageParam: (last) => last.cursor || undefined,
});
export const tokensQuery = queryOptions({ queryKey: ["tokens"], queryFn: async () => rows(await get<Token[]>("/tokens")) });

export const invite = (person: { email: string; name: string; role: Role | null }): Promise<{ person: Person; link: string }> => post("/people", person);
export const changePerson = (id: string, change: { role?: Role | null; disabled?: boolean }): Promise<Person> => patch(`/people/${id}`, change);
export const renewLink = (id: string): Promise<{ person: Person; link: string }> => post(`/people/${id}/link`);
export const createToken = (name: string): Promise<{ token: Token; secret: string }> => post("/tokens", { name });
export const revokeToken = (id: string): Promise<unknown> => remove(`/tokens/${id}`);
