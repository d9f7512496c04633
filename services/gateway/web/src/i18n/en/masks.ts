/** Masks and DICOM pictures on the labeling page. */
export const masks = {
  size: "Brush size",
  sizeValue: "{{count, number}} px",
  opacity: "Opacity of the mask",
  opacityValue: "{{count, number}} %",
  clear: "Clear the mask",
  clearTitle: "Clear the mask?",
  clearHint: "Everything that is painted on this image goes. Undo brings it back.",
  loading: "The mask is being opened…",
  failedTitle: "The mask of this image can't be opened",
  beginAnew: "Begin with an empty mask",
  refused: {
    broken: "It is damaged: what is stored are no run lengths of a mask.",
    size: "It was made for an image of another size.",
    failed: "The browser could not work on it: there may be too little memory.",
  },
} as const;

export const dicom = {
  window: "Window and level",
  presets: "Presets",
  preset: { window: "Window {{number}}", table: "Table {{number}}", range: "All values" },
  reset: "Reset the window",
  center: "Level",
  width: "Width",
  frame: "Frame",
  frameOf: "Frame 1 of {{count, number}}",
  frameHint: "The first frame is the one that is labeled.",
  failed: "The values of this image could not be loaded. It is shown with the window of its header.",
  notice:
    "Labeling DICOM images with Labelbus is for making data sets only. Labelbus is no medical device, and must not be used for diagnosis or treatment.",
  noticeTitle: "DICOM images",
} as const;
