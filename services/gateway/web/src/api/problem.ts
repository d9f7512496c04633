/** How a request fails: the server's problem document, or that there was no answer. Never a bare string. */

export interface FieldProblem {
  field: string;
  message: string;
}

export interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
  fields: FieldProblem[];
  retryable: boolean;
  request_id: string;
}

/** Thrown by every call of the API. `status` 0 means that no answer came. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = "ApiError";
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }

  /** The same request may succeed later without anybody doing anything. */
  get passing(): boolean {
    return this.problem.retryable || this.status === 0 || this.status === 429 || this.status >= 502;
  }

  /** Message for `field`, when the server named it. */
  field(field: string): string | undefined {
    return this.problem.fields.find((one) => one.field === field || one.field === `body.${field}`)?.message;
  }
}

const NOTHING: Problem = { status: 0, code: "unreachable", title: "", detail: "", fields: [], retryable: true, request_id: "" };

export function unreachable(): ApiError {
  return new ApiError(NOTHING);
}

/** Reads the problem of a refused response; an answer that is no problem document (a proxy's page) becomes one. */
export function toProblem(status: number, body: unknown): ApiError {
  const told = typeof body === "object" && body !== null ? (body as Partial<Problem>) : {};
  return new ApiError({ ...NOTHING, code: `http_${status}`, retryable: status >= 502, ...told, status, fields: told.fields ?? [] });
}
