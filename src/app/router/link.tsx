import type { ComponentChildren, JSX } from 'preact';
import { useApp } from '../app-context.ts';
import type { Place } from './router.ts';
import { formatRoute, type Route } from './route.ts';

type LinkProps = Omit<JSX.AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  to: Route;
  place?: Place;
  children?: ComponentChildren;
};

/** An anchor within Alcove: a plain click is a step of the router, any other click is the browser's. */
export function Link({ to, place, onClick, children, ...rest }: LinkProps) {
  const { router } = useApp();
  const follow = (event: JSX.TargetedMouseEvent<HTMLAnchorElement>) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onClick?.(event);
    router.navigate(to, place ? { place } : {});
  };
  return <a {...rest} href={formatRoute(to)} onClick={follow}>{children}</a>;
}
