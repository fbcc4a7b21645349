/** The carousel: a list that scrolls sideways, by hand, by keys and by two buttons; it never moves by itself. */
export function rails() {
  for (const rail of document.querySelectorAll("[data-rail]")) {
    const list = rail.querySelector("ul");
    const [back, on] = ["back", "on"].map((way) => rail.querySelector(`[data-rail-${way}]`));
    const atStart = () => list.scrollLeft < 8;
    const atEnd = () => list.scrollLeft + list.clientWidth > list.scrollWidth - 8;
    const mark = () => {
      // Not `disabled`: the focus would be lost at each end.
      back.setAttribute("aria-disabled", String(atStart()));
      on.setAttribute("aria-disabled", String(atEnd()));
    };
    const go = (ways) => {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      list.scrollBy({ left: ways * list.clientWidth * 0.9, behavior: calm ? "instant" : "smooth" });
    };
    back.addEventListener("click", () => go(-1));
    on.addEventListener("click", () => go(1));
    list.addEventListener("scroll", mark, { passive: true });
    addEventListener("resize", mark);
    mark();
  }
}
