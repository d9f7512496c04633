/** The one cache of server state. Retries only what may pass by itself. */
import { QueryClient } from "@tanstack/react-query";

import { ApiError } from "./problem";

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => error instanceof ApiError && error.passing && count < 3,
      retryDelay: (count) => Math.min(500 * 2 ** count, 8_000),
    },
    mutations: { retry: false },
  },
});
