import { describe, expect, it } from "vitest";

import { addFiles, folderFor, isImageName } from "../../src/upload/files";

const local = (path: string, size = 1) => ({ path, file: new File([new Uint8Array(size)], path) });

describe("files", () => {
  it.each(["a.jpg", "b.JPEG", "c/d e.Png", "x.jfif", "x.jpe", "x.tif", "ä%🐈.tiff", "a.bmp"])("%s is an image", (name) => expect(isImageName(name)).toBe(true));
  it.each(["a.txt", "jpg", "a.jpg.txt", ".hidden.jpg", "__x/.thumbs/a.png", "scan.dcm"])("%s is none", (name) => expect(isImageName(name)).toBe(false));

  it("replaces a file that is chosen again", () => {
    expect(addFiles([local("a.jpg"), local("b.jpg")], [local("a.jpg", 5)]).map((one) => [one.path, one.file.size])).toEqual([["a.jpg", 5], ["b.jpg", 1]]);
  });

  it.each([
    ["Pets", "pets/"],
    ["Köln & Çeşme 2", "koln-cesme-2/"],
    ["猫", "images/"],
  ])("the folder for %s is %s", (name, folder) => expect(folderFor(name)).toBe(folder));
});
