// Folds what a list can be narrowed by where there is no room beside the list; without scripts it stands open above it.
"use strict";
if (matchMedia("(max-width: 46rem)").matches) {
  for (const group of document.querySelectorAll("details[data-narrow]")) group.open = false;
}
