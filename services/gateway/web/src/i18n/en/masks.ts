/** Masks and DICOM pictures on the labeling page. */
export const masks = {
  title: "Mask",
  size: "Brush size",
  sizeValue: "{{value, number}} px",
  opacity: "Opacity of the mask",
  clear: "Clear the mask",
  clearTitle: "Clear the mask?",
  clearHint: "Everything that is painted on this image goes. Undo brings it back.",
  failedTitle: "The mask of this image can't be opened",
  beginAnew: "Begin with an empty mask",
  refused: {
    broken: "The mask is damaged: what is stored of it are no run lengths.",
    size: "The mask was made for an image of another size.",
    failed: "The mask could not be worked on in this browser: there may be too little memory.",
  },
} as const;

export const dicom = {
  window: "Window and level",
  presets: "Preset",
  own: "Own window",
  preset: { window: "Window {{place, number}}", table: "Table {{place, number}}", range: "All values" },
  reset: "Reset the window",
  level: "Level {{value, number}}",
  width: "Width {{value, number}}",
  frame: "Frame",
  frameOf_one: "Frame 1 of {{count, number}}",
  frameOf_other: "Frame 1 of {{count, number}}",
  frameHint: "The first frame is the one that is labeled.",
  failed: "The values of this image could not be loaded. It is shown through the window of its header.",
  noticeTitle: "DICOM images",
  notice:
    "Labeling DICOM images in Labelbus serves to make data sets. Labelbus is no medical device: what it shows must not be used for diagnosis or treatment.",
} as const;
