/** Texts that go wrong elsewhere, whole and in random mixtures. */
import fc from "fast-check";

export const FAMILY = "👩‍👩‍👧‍👦";
export const ACCENT = "e\u0301";
export const HEBREW = "שלום עולם";
export const ARABIC = "مرحبا بالعالم";

const PARTS = [
  "word", " ", "  ", "\n", "\r\n", "\r", "\t", ".", "don't", "3.14", "😀", FAMILY, "🇩🇪", "👍🏽", "1️⃣", ACCENT, "ẅ̃", HEBREW, ARABIC,
  "東京都", "กรุงเทพ", "\ud83d", "\ude00", "\u200d", "\u2028", "नमस्ते", "\u00a0", "x".repeat(60),
];

export const anyText = fc.array(fc.oneof(fc.constantFrom(...PARTS), fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 60 }).map((parts) => parts.join(""));

/** A text and a place in it, both ends included. */
export const textAndPlace = anyText.chain((text) => fc.tuple(fc.constant(text), fc.nat(text.length)));

/** A text and a stretch of it. */
export const textAndRange = anyText.chain((text) =>
  fc.tuple(fc.constant(text), fc.nat(text.length), fc.nat(text.length)).map(([all, one, other]) => ({ text: all, range: { start: Math.min(one, other), end: Math.max(one, other) } })),
);
