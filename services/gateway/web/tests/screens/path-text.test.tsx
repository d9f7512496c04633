import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";

import { PathText } from "../../src/components/PathText";

afterEach(cleanup);

it("may break behind slashes only, and is copied as it is", () => {
  const { container } = render(<PathText text="/scans/text.png is cut off" />);
  expect(container.textContent).toBe("/scans/text.png is cut off");
  expect(container.innerHTML).toBe("/<wbr>scans/<wbr>text.png is cut off");
});
