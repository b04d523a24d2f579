import { diffArrays } from 'diff';

export interface Piece {
  text: string;
  kind: 'same' | 'removed' | 'added';
}

/** A paragraph before and after; absent on the side that does not have it. */
export interface Pair {
  before?: Piece[];
  after?: Piece[];
}

const words = /\d+(?:[.:/-]\d+)*%?|[A-Za-z]+|\s+|./gsu;

/**
 * Compares two paragraphs: Chinese by the character, Latin words and numbers
 * whole, so that 12.5 and 125 differ as numbers and not by a point.
 */
export function compareText(before: string, after: string): Piece[] {
  const changes = diffArrays(before.match(words) ?? [], after.match(words) ?? []);
  return withoutCrumbs(
    changes.map(({ value, added, removed }) => ({
      text: value.join(''),
      kind: added ? 'added' : removed ? 'removed' : 'same',
    })),
  );
}

const crumb = 2;

/** A word or two that happen to agree in the middle of a rewritten passage only confuse: they count as rewritten. */
function withoutCrumbs(pieces: Piece[]): Piece[] {
  const kept: Piece[] = [];
  pieces.forEach((piece, index) => {
    const between = index > 0 && index < pieces.length - 1;
    const letters = piece.text.replace(/[\p{P}\s]/gu, '');
    if (piece.kind === 'same' && between && letters.length < crumb && !/\d/.test(letters)) {
      kept.push({ text: piece.text, kind: 'removed' }, { text: piece.text, kind: 'added' });
    } else {
      kept.push(piece);
    }
  });
  return joined(kept);
}

function joined(pieces: Piece[]): Piece[] {
  const out: Piece[] = [];
  let removed = '';
  let added = '';
  const flush = () => {
    if (removed) out.push({ text: removed, kind: 'removed' });
    if (added) out.push({ text: added, kind: 'added' });
    removed = added = '';
  };
  for (const { text, kind } of pieces) {
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else {
      flush();
      out.push({ text, kind });
    }
  }
  flush();
  return out;
}

/** Compares two texts paragraph by paragraph. */
export function compareParagraphs(before: string, after: string): Pair[] {
  const pairs: Pair[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = () => {
    for (let index = 0; index < Math.max(removed.length, added.length); index++) {
      pairs.push(pair(removed[index], added[index]));
    }
    removed = [];
    added = [];
  };
  for (const change of diffArrays(paragraphs(before), paragraphs(after))) {
    if (change.removed) removed.push(...change.value);
    else if (change.added) added.push(...change.value);
    else {
      flush();
      change.value.forEach((text) => pairs.push({ before: [same(text)], after: [same(text)] }));
    }
  }
  flush();
  return pairs;
}

function pair(before: string | undefined, after: string | undefined): Pair {
  if (before === undefined) return { after: [{ text: after ?? '', kind: 'added' }] };
  if (after === undefined) return { before: [{ text: before, kind: 'removed' }] };
  const pieces = compareText(before, after);
  return {
    before: pieces.filter((piece) => piece.kind !== 'added'),
    after: pieces.filter((piece) => piece.kind !== 'removed'),
  };
}

const same = (text: string): Piece => ({ text, kind: 'same' });
const paragraphs = (text: string) => text.split('\n').filter((line) => line.trim() !== '');
