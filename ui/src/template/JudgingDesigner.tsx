import type { ComponentProps } from 'react';
import { Designer } from './Designer';
import { judge } from './judge';

/** The designer with the engine of the forms, which only whoever opens one needs. */
export default function JudgingDesigner(props: Omit<ComponentProps<typeof Designer>, 'judge'>) {
  return <Designer {...props} judge={judge} />;
}
