import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { Form } from './check';
import type { Answers, Definition, Verdict } from './definition';

interface Case {
  definition: Definition;
  answers: Answers;
  facts: Record<string, unknown>;
  reasons: Record<string, string>;
  verdict: Verdict;
}

const active = (_: string, code: string) => code.startsWith('A');

describe('the browser judges a form', () => {
  it('as the server does, on 10,000 random forms', () => {
    const out = execFileSync('go', ['run', '../kit/form/formtest/cases', '-n', '10000'], { encoding: 'utf8', maxBuffer: 1 << 28 });
    const cases = out.trimEnd().split('\n').map((line) => JSON.parse(line) as Case);
    expect(cases).toHaveLength(10_000);
    const codes = new Set<string>();
    for (const one of cases) {
      const verdict = new Form(one.definition).check({ ...one, active });
      if (JSON.stringify(sorted(verdict)) !== JSON.stringify(sorted(one.verdict))) {
        expect({ case: one, verdict }).toEqual({ case: one, verdict: one.verdict });
      }
      one.verdict.findings.forEach((finding) => codes.add(finding.code));
    }
    expect([...codes].sort()).toEqual(['code', 'kind', 'length', 'missing', 'option', 'pattern', 'possible', 'rows', 'rule', 'unexplained', 'unknown', 'usual']);
  }, 120_000);
});

/** With keys in one order, at every depth. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}
