/** Languages of source code by file name extension. */
const languages: Record<string, string> = {
  ada: 'ada', adb: 'ada', ads: 'ada', asm: 'assembly', s: 'assembly', astro: 'astro', awk: 'awk', bash: 'shell', bat: 'batch', c: 'c', cc: 'cpp',
  cfg: 'config', clj: 'clojure', cljs: 'clojure', cmake: 'cmake', cmd: 'batch', conf: 'config', cpp: 'cpp', cs: 'csharp', css: 'css', cts: 'typescript',
  cu: 'cuda', cxx: 'cpp', dart: 'dart', diff: 'diff', dockerfile: 'dockerfile', el: 'lisp', elm: 'elm', env: 'config', erb: 'erb', erl: 'erlang',
  ex: 'elixir', exs: 'elixir', f90: 'fortran', f: 'fortran', fs: 'fsharp', fsx: 'fsharp', glsl: 'glsl', go: 'go', gql: 'graphql', gradle: 'groovy',
  graphql: 'graphql', groovy: 'groovy', h: 'c', hbs: 'handlebars', hcl: 'hcl', hh: 'cpp', hpp: 'cpp', hs: 'haskell', hxx: 'cpp', ini: 'config',
  java: 'java', jl: 'julia', js: 'javascript', jsx: 'javascript', kt: 'kotlin', kts: 'kotlin', less: 'less', lisp: 'lisp', lua: 'lua', m: 'objective-c',
  mjs: 'javascript', cjs: 'javascript', mk: 'make', ml: 'ocaml', mli: 'ocaml', mm: 'objective-c', mts: 'typescript', nim: 'nim', nix: 'nix', pas: 'pascal',
  patch: 'diff', php: 'php', pl: 'perl', pm: 'perl', properties: 'config', proto: 'protobuf', ps1: 'powershell', py: 'python', pyi: 'python', r: 'r',
  rb: 'ruby', rs: 'rust', sass: 'sass', scala: 'scala', scm: 'scheme', scss: 'scss', sh: 'shell', sol: 'solidity', sql: 'sql', svelte: 'svelte',
  swift: 'swift', tcl: 'tcl', tf: 'hcl', toml: 'toml', ts: 'typescript', tsx: 'typescript', v: 'verilog', vb: 'visual-basic', vhd: 'vhdl', vim: 'vim',
  vue: 'vue', wat: 'webassembly', wgsl: 'wgsl', xml: 'xml', xsd: 'xml', xsl: 'xml', yaml: 'yaml', yml: 'yaml', zig: 'zig', zsh: 'shell',
};

const wholeNames: Record<string, string> = { dockerfile: 'dockerfile', makefile: 'make', gemfile: 'ruby', rakefile: 'ruby', jenkinsfile: 'groovy' };

/** Source files that may well begin with markup: their extension outweighs what they look like. */
const templates = new Set(['astro', 'erb', 'handlebars', 'php', 'svelte', 'vue', 'javascript', 'typescript']);

/** Extension of a file name in lower case, without the dot; empty where it has none. */
export function extensionOf(name: string): string {
  const base = name.slice(name.lastIndexOf('/') + 1);
  const dot = base.lastIndexOf('.');
  return dot < 0 ? '' : base.slice(dot + 1).toLowerCase();
}

/** The programming language a file name stands for, or undefined. */
export function codeLanguage(name: string): string | undefined {
  const base = name.slice(name.lastIndexOf('/') + 1).toLowerCase();
  if (Object.hasOwn(wholeNames, base)) return wholeNames[base];
  const extension = extensionOf(name);
  return Object.hasOwn(languages, extension) ? languages[extension] : undefined;
}

export function isTemplate(name: string): boolean {
  return templates.has(codeLanguage(name) ?? '');
}
