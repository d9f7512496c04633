/** Masks are decoded and encoded here, beside the page that is worked on. */
import { decodeLayers, encodeWork } from "./flatten";
import type { MaskReply, MaskRequest } from "./messages";
import { RleError } from "./rle";

function reply(request: MaskRequest): MaskReply {
  const { id } = request;
  try {
    if (request.type === "decode") return { id, type: "decoded", base: decodeLayers(request.size, request.layers) };
    return { id, type: "encoded", layers: encodeWork(request.size, request.work, request.fills) };
  } catch (error) {
    return { id, type: "refused", code: error instanceof RleError ? error.code : "failed" };
  }
}

self.addEventListener("message", ({ data }: MessageEvent<MaskRequest>) => {
  const answer = reply(data);
  self.postMessage(answer, { transfer: answer.type === "decoded" ? [answer.base.data.buffer] : [] });
});
