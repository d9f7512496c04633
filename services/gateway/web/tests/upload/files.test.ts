import { describe, expect, it } from "vitest";

import { addFiles, folderFor, isAccepted } from "../../src/upload/files";

const local = (path: string, size = 1) => ({ path, file: new File([new Uint8Array(size)], path) });

describe("files", () => {
  it.each(["a.jpg", "b.JPEG", "c/d e.Png", "x.jfif", "x.jpe", "x.tif", "ä%🐈.tiff", "a.bmp", "scan.dcm", "x.DICOM"])("%s is an image", (name) => expect(isAccepted(name, "image")).toBe(true));
  it.each(["a.txt", "jpg", "a.jpg.txt", ".hidden.jpg", "__x/.thumbs/a.png"])("%s is none", (name) => expect(isAccepted(name, "image")).toBe(false));
  it.each([["a.txt", true], ["b/c.TXT", true], [".a.txt", false], ["a.csv", false], ["a.png", false]])("%s as a text: %s", (name, is) => expect(isAccepted(name, "text")).toBe(is));

  it("replaces a file that is chosen again", () => {
    expect(addFiles([local("a.jpg"), local("b.jpg")], [local("a.jpg", 5)]).map((one) => [one.path, one.file.size])).toEqual([["a.jpg", 5], ["b.jpg", 1]]);
  });

  it.each([
    ["Pets", "pets/"],
    ["Köln & Çeşme 2", "koln-cesme-2/"],
    ["猫", "images/"],
  ])("the folder for %s is %s", (name, folder) => expect(folderFor(name, "image")).toBe(folder));
});
