import { createElement, type HTMLAttributes, type ReactNode, type Ref } from 'react';
import { classes } from '@/kit/classes';

interface Shape {
  tag: string;
  attrs: Record<string, string>;
  children?: Shape[];
}

interface IconProps extends HTMLAttributes<HTMLSpanElement> {
  icon: { name: string; icon: Shape };
  spin?: boolean;
  rotate?: number;
  ref?: Ref<HTMLSpanElement>;
}

/**
 * Draws a picture of the icon library, in place of the library's own component,
 * which reads an English file name aloud in every language. A picture is silent
 * beside its words unless it is given a name.
 */
export default function Icon({ icon: { name, icon }, spin, rotate, className, tabIndex, ...rest }: IconProps) {
  const named = rest['aria-label'] !== undefined;
  const turning = spin === true || name === 'loading';
  return (
    <span
      {...(named ? { role: 'img' } : { 'aria-hidden': true })}
      {...rest}
      tabIndex={tabIndex ?? (rest.onClick && -1)}
      className={classes('anticon', `anticon-${name}`, turning && 'anticon-spin', className)}
    >
      {drawing(icon, name, rotate)}
    </span>
  );
}

function drawing(icon: Shape, name: string, rotate: number | undefined): ReactNode {
  const turned = rotate === undefined ? undefined : { transform: `rotate(${rotate}deg)` };
  return drawn(icon, name, { width: '1em', height: '1em', fill: 'currentColor', 'aria-hidden': true, style: turned });
}

function drawn({ tag, attrs, children = [] }: Shape, key: string, more?: object): ReactNode {
  return createElement(tag, { key, ...forReact(attrs), ...more }, children.map((child, index) => drawn(child, `${key}-${index}`)));
}

function forReact(attrs: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(attrs).map(([name, value]) => [name === 'class' ? 'className' : name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()), value]));
}
