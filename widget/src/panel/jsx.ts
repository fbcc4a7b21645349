/**
 * The JSX runtime of the panel's build, in place of Preact's own, which is
 * three times as large for what a compiler emits (vite.config.ts sets it).
 */
import { Fragment, h, type VNode } from "preact";

type Type = Parameters<typeof h>[0];

export const jsx = (type: Type, props: object, key?: string | number): VNode =>
  h(type, key === undefined ? props : { ...props, key });

export { Fragment, jsx as jsxs };
