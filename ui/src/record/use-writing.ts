import { useState } from 'react';
import type { Schemas } from '@/api/client';
import type { WritingSection } from './completeness';
import type { DraftPlace } from './draft-keeper';
import { useDraft } from './use-draft';

interface Start {
  place: DraftPlace;
  kind: string;
  title: string;
  encounter?: string;
  sections: WritingSection[];
  reason: string;
}

/** The text of a page of writing, kept on the server as a draft while it grows. */
export function useWriting({ place, kind, title, encounter, sections: first, reason: firstReason }: Start) {
  const [sections, setSections] = useState(first);
  const [reason, setReason] = useState(firstReason);
  const draft = useDraft(place);
  const keep = (text: WritingSection[], why: string) => draft.write({ kind, title, encounter, reason: why, sections: plain(text) });
  return {
    sections,
    reason,
    draft,
    onWrite: (key: string, text: string) => {
      const next = sections.map((section) => (section.key === key ? { ...section, text } : section));
      setSections(next);
      keep(next, reason);
    },
    onReason: (next: string) => {
      setReason(next);
      keep(sections, next);
    },
  };
}

/** Sections as the server takes them, without those that were left empty. */
export function plain(sections: WritingSection[]): Schemas['RecordSection'][] {
  return sections.filter(({ text }) => text.trim()).map(({ key, title, text }) => ({ key, title, text }));
}

/** Puts saved text back into the sections of a kind; what has no section of its own comes last. */
export function refill(sections: WritingSection[], saved: Schemas['RecordSection'][]): WritingSection[] {
  const known = new Set(sections.map(({ key }) => key));
  return [
    ...sections.map((section) => ({ ...section, text: saved.find(({ key }) => key === section.key)?.text ?? section.text })),
    ...saved.filter(({ key }) => !known.has(key)),
  ];
}
