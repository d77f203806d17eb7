/** The name of a file, which may wrap behind `_` as it may behind a hyphen, rather than anywhere. */
export function BreakableName({ name }: { name: string }) {
  return <>{name.split(/(?<=_)(?=[^_])/u).map((part, index) => <>{index > 0 && <wbr />}{part}</>)}</>;
}
