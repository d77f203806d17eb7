import type { AnchorHTMLAttributes, ComponentChildren, TargetedMouseEvent } from 'preact';
import { useApp } from '../app-context.ts';
import type { Place } from './router.ts';
import { formatRoute, type Route } from './route.ts';

type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  to: Route;
  place?: Place;
  children?: ComponentChildren;
};

/** An anchor within Alcove: a plain click is a step of the router, any other click is the browser's. */
export function Link({ to, place, onClick, children, ...rest }: LinkProps) {
  const { router } = useApp();
  const follow = (event: TargetedMouseEvent<HTMLAnchorElement>) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onClick?.(event);
    router.navigate(to, place ? { place } : {});
  };
  const attributes = { ...rest, href: formatRoute(to), onClick: follow } as AnchorHTMLAttributes<HTMLAnchorElement>;
  return <a {...attributes}>{children}</a>;
}
