/** The recorder's numbers, as constants: its own enums would travel with the chunk. */
import type { EventType, IncrementalSource, NodeType } from "@rrweb/types";

export const FULL = 2 as EventType.FullSnapshot;
export const INCREMENT = 3 as EventType.IncrementalSnapshot;
export const META = 4 as EventType.Meta;

export const MUTATION = 0 as IncrementalSource.Mutation;
export const MOUSE_MOVE = 1 as IncrementalSource.MouseMove;
export const INTERACTION = 2 as IncrementalSource.MouseInteraction;
export const SCROLL = 3 as IncrementalSource.Scroll;
export const RESIZE = 4 as IncrementalSource.ViewportResize;
export const INPUT = 5 as IncrementalSource.Input;
export const TOUCH_MOVE = 6 as IncrementalSource.TouchMove;
export const RULES = 8 as IncrementalSource.StyleSheetRule;
export const DRAG = 12 as IncrementalSource.Drag;
export const DECLARATION = 13 as IncrementalSource.StyleDeclaration;
export const ADOPTED = 15 as IncrementalSource.AdoptedStyleSheet;

export const DOCUMENT = 0 as NodeType.Document;
export const DOCTYPE = 1 as NodeType.DocumentType;
export const ELEMENT = 2 as NodeType.Element;
export const TEXT = 3 as NodeType.Text;
