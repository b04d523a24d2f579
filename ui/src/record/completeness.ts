import type { Text } from '@/language/text';

/** A section of a document that is being written; its title is that on the record. */
export interface WritingSection {
  key: string;
  title: string;
  text: string;
  required?: boolean;
  /** What belongs here. */
  hint?: Text;
  /** The least number of characters that says anything. */
  least?: number;
  /** Something about the text that the writer should look at. */
  warning?: string;
}

export type Fill = 'empty' | 'short' | 'full';

/** How far a section is written. */
export function fillOf({ text, least = 1 }: WritingSection): Fill {
  const length = Array.from(text.trim()).length;
  if (length === 0) return 'empty';
  return length < least ? 'short' : 'full';
}

/** The required sections that still miss something. */
export function missing(sections: WritingSection[]): WritingSection[] {
  return sections.filter((section) => section.required && fillOf(section) !== 'full');
}
