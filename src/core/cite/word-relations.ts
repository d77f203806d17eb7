import { termOf } from '../language/term-of.ts';

/** Forms of irregular verbs (and a few nouns) and what they are forms of; stemmers do not know them. English. */
const irregular =
  'be:been,being;begin:began,begun;become:became;break:broke,broken;bring:brought;build:built;buy:bought;catch:caught;choose:chose,chosen;come:came;deal:dealt;do:did,done;draw:drew,drawn;drive:drove,driven;' +
  'eat:ate,eaten;fall:fell,fallen;fight:fought;find:found;flee:fled;fly:flew,flown;forget:forgot,forgotten;get:got,gotten;give:gave,given;go:went,gone;grow:grew,grown;hear:heard;hide:hid,hidden;hold:held;' +
  'keep:kept;know:knew,known;lead:led;leave:left;lend:lent;lie:lay,lain;lose:lost;make:made;mean:meant;meet:met;pay:paid;ride:rode,ridden;rise:rose,risen;run:ran;say:said;see:saw,seen;seek:sought;sell:sold;' +
  'send:sent;shake:shook,shaken;shoot:shot;show:shown;sing:sang,sung;sink:sank,sunk;sit:sat;speak:spoke,spoken;spend:spent;stand:stood;steal:stole,stolen;strike:struck;swear:swore,sworn;swim:swam,swum;' +
  'take:took,taken;teach:taught;tell:told;think:thought;throw:threw,thrown;understand:understood;wear:wore,worn;win:won;withdraw:withdrew,withdrawn;write:wrote,written;' +
  'child:children;man:men;woman:women;person:people;mouse:mice;foot:feet;far:farther,further,farthest;good:better,best;bad:worse,worst';

const opposites =
  'more less,fewer;most least,fewest;many few;increase decrease,decline,reduce,fall;rise fall,decline,drop;grow shrink;gain lose;win lose;large small;large little;big small;great small;largest smallest;biggest smallest;' +
  'larger smaller;bigger smaller;high low;higher lower;highest lowest;long short;longer shorter;longest shortest;old new,young;older younger,newer;oldest youngest,newest;early late;earlier later;earliest latest;' +
  'first last;begin end,cease;start end,stop;open close;opened closed;north south;northern southern;east west;eastern western;northeast southwest;northwest southeast;left right;upper lower;up down;' +
  'above below,under;over under;inside outside;internal external;inner outer;interior exterior;before after;accept reject,refuse;allow forbid,prohibit,ban,prevent;permit forbid,prohibit;allowed forbidden,prohibited,banned;' +
  'support oppose,reject;supported opposed;success failure;succeed fail;successful failed;public private;positive negative;major minor;strong weak;stronger weaker;fast slow;faster slower;rapid slow;rapidly slowly;quick slow;' +
  'rich poor;richer poorer;wealthy poor;simple complex,complicated;easy difficult,hard;easier harder;deep shallow;wide narrow;widely narrowly;broad narrow;thick thin;heavy light;hot cold;warm cold,cool;dry wet;hard soft;' +
  'common rare,uncommon;often rarely,seldom;frequently rarely,seldom;always never;all none;everyone nobody;majority minority;similar different;same different;improve worsen,deteriorate;better worse;best worst;' +
  'maximum minimum;expand contract,shrink;rich poor;true false;right wrong;correct incorrect,wrong;male female;domestic foreign;natural artificial;active passive;absorb release,emit;import export;enter leave,exit;' +
  'arrive leave,depart;join leave;attack defend;create destroy;build destroy,demolish;appear disappear;include exclude;agree disagree;agreement disagreement;like dislike;legal illegal;ancient modern;awake asleep;' +
  'sleep wake;advantage disadvantage;healthy sick;guilty innocent;safe dangerous;possible impossible;known unknown;inhale exhale;overrepresented underrepresented;cause prevent;buy sell;give receive;question answer;' +
  'mehr weniger;größte kleinste;größten kleinsten;groß klein;hoch niedrig;höher niedriger;alt neu,jung;erste letzte;ersten letzten;steigen sinken,fallen;zunehmen abnehmen;gewinnen verlieren;immer nie;alle keine;nördlich südlich;' +
  'östlich westlich;öffentlich privat;erlaubt verboten;öffnen schließen;' +
  'más menos;mayor menor;grande pequeño;alto bajo;primera última;primero último;antes después;aumentar disminuir,reducir;ganar perder;siempre nunca;todos ninguno;norte sur;este oeste;público privado;abrir cerrar;mejor peor';

const prefixes = /^(?:un|in|im|il|ir|dis|non|anti|de)(?=\p{L}{4})/u;

const lemmas = new Map(irregular.split(';').flatMap((entry) => {
  const [lemma = '', forms = ''] = entry.split(':');
  return forms.split(',').map((form): [string, string] => [form, lemma]);
}));

const oppositeTerms = createOpposites();

/** The dictionary form of an irregular English form; other words as they are. */
export function lemmaOf(word: string): string {
  return lemmas.get(word) ?? word;
}

/** Whether two folded words say the opposite of each other, by a list or by a prefix (`known`, `unknown`). */
export function areOpposites(a: string, b: string): boolean {
  if (a === b) return false;
  if (oppositeTerms.get(keyOf(a))?.has(keyOf(b))) return true;
  const [long, short] = a.length > b.length ? [a, b] : [b, a];
  return long.length > short.length + 1 && prefixes.test(long) && keyOf(long.replace(prefixes, '')) === keyOf(short);
}

/** Whether a word has an opposite in the list. */
export function hasOpposite(word: string): boolean {
  return oppositeTerms.has(keyOf(word));
}

function createOpposites(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (a: string, b: string) => found.set(a, (found.get(a) ?? new Set<string>()).add(b));
  for (const entry of opposites.split(';')) {
    const [first = '', others = ''] = entry.split(' ');
    for (const other of others.split(',')) {
      add(keyOf(first), keyOf(other));
      add(keyOf(other), keyOf(first));
    }
  }
  return found;
}

function keyOf(word: string): string {
  const lemma = lemmaOf(word);
  return termOf(lemma, 'en') || lemma;
}
