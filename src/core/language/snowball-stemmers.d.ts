/** The part of snowball-stemmers that Alcove uses; the package carries no types. */
declare module 'snowball-stemmers' {
  export function newStemmer(algorithm: string): { stem(word: string): string };
}
