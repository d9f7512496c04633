/** A mutation that is sent once: further clicks before its end are no further requests, even those before the next render. */
import { type UseMutateFunction, useMutation, type UseMutationOptions, type UseMutationResult } from "@tanstack/react-query";
import { useCallback, useRef } from "react";

export function useSend<Data, Variables = void>(options: UseMutationOptions<Data, Error, Variables>): UseMutationResult<Data, Error, Variables> {
  const sending = useRef(false);
  const { onSettled } = options;
  const mutation = useMutation<Data, Error, Variables>({
    ...options,
    onSettled: async (...outcome) => {
      try {
        await onSettled?.(...outcome);
      } finally {
        sending.current = false;
      }
    },
  });
  const { mutate } = mutation;
  const once = useCallback(
    (...wanted: Parameters<UseMutateFunction<Data, Error, Variables>>) => {
      if (sending.current) return;
      sending.current = true;
      mutate(...wanted);
    },
    [mutate],
  );
  return { ...mutation, mutate: once };
}
