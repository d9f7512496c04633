// Sets the colour scheme before the first paint. A file of its own because the page allows no inline script.
(function () {
  var scheme = "auto";
  try {
    scheme = localStorage.getItem("mantine-color-scheme-value") || "auto";
  } catch (error) {
    void error; // storage is blocked: the system's scheme it is
  }
  if (scheme === "auto") scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
})();
